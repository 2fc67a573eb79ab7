namespace Ivim.Hosting.Api;

/// <summary>How an item of a study stands.</summary>
/// <param name="Item">For example `train/slab-003/member-02`.</param>
/// <param name="Slab">Null where the item has none.</param>
/// <param name="Member">Null where the item has none.</param>
/// <param name="State">One of <see cref="ItemStates"/>.</param>
/// <param name="Attempts">
/// That ended since the study was last submitted: those that failed on the item's own account, those whose result was
/// lost, and the one that made its result; none of an item whose result was there before.
/// </param>
/// <param name="Workers">That hold it; two where a slow one has a second copy.</param>
/// <param name="Fraction">Share of the item that is done, 0 to 1.</param>
/// <param name="Code">Of its last failure, or of what is in doubt about its result; null where there is none.</param>
/// <param name="Artifacts">What it made; empty until it is done.</param>
public sealed record ItemView(string Item, string Stage, int? Slab, int? Member, string State, int Attempts,
    IReadOnlyList<string> Workers, double Fraction, string? Code, IReadOnlyList<ItemArtifactView> Artifacts);

/// <param name="Name">Its role, such as `weights`.</param>
/// <param name="Sha256">Of its bytes; of published maps, of their voxels.</param>
public sealed record ItemArtifactView(string Name, string Sha256);

/// <summary>The states of an item, as callers read them.</summary>
public static class ItemStates
{
    /// <summary>Something that it reads has yet to be made.</summary>
    public const string Waiting = "waiting";

    /// <summary>It is with the queue.</summary>
    public const string Ready = "ready";

    /// <summary>A worker holds it.</summary>
    public const string Running = "running";

    public const string Done = "done";

    /// <summary>Its result was there before.</summary>
    public const string Reused = "reused";

    /// <summary>Its failure was the end of the study.</summary>
    public const string Failed = "failed";

    /// <summary>It is not done, and the study has come to its end.</summary>
    public const string Stopped = "stopped";

    internal static IReadOnlyList<string> All { get; } = [Waiting, Ready, Running, Done, Reused, Failed, Stopped];
}

/// <param name="Total">Items that are known of the study, whatever was asked for.</param>
/// <param name="Next">Where the next page begins; null if there is none.</param>
public sealed record ItemPage(IReadOnlyList<ItemView> Items, int Total, int? Next);
