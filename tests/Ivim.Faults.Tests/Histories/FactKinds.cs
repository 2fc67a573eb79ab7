namespace Ivim.Faults.Tests.Histories;

/// <summary>The facts that nodes write down.</summary>
internal static class FactKinds
{
    // The queue's.
    public const string Leased = "leased", Expired = "expired", Adopted = "adopted", Refused = "refused",
        Released = "released", Settled = "settled";

    /// <summary>Cause of a lease that is a second copy.</summary>
    public const string Hedged = "hedged";

    /// <summary>Facts that a full disk has cost.</summary>
    public const string Lost = "lost";

    // A worker's.
    public const string Started = "started", Resumed = "resumed", Checkpointed = "checkpointed", Ended = "ended",
        Reported = "reported";

    // A study's or an aggregator's.
    public const string Submitted = "submitted", Planned = "planned", Counted = "counted", Duplicate = "duplicate",
        Stale = "stale", Mismatch = "mismatch", Attempt = "attempt", Failed = "failed", Cancelled = "cancelled",
        Published = "published";

    /// <summary>Facts that tell of work going on.</summary>
    public static bool IsProgress(string kind) =>
        kind is Started or Resumed or Checkpointed or Ended or Counted or Planned or Published;
}
