namespace Ivim.Actors.Work;

/// <summary>
/// Snapshots of owners are only a cache of their events: one that cannot be read is passed over, and no event is ever
/// deleted on their account.
/// </summary>
public static class SnapshotCache
{
    /// <summary>
    /// The store, with `snapshot-is-optional = on`. Not the one of sharding, which deletes events behind a snapshot.
    /// </summary>
    public const string PluginId = "akka.persistence.snapshot-store.cache";

    /// <summary>After so many events of one owner comes a snapshot.</summary>
    public const int EventsPerSnapshot = 200;
}
