using Ivim.Actors.Artifacts;

namespace Ivim.Cli.Storage;

/// <summary>What `ivim fsck` found; a script depends on the names.</summary>
internal sealed record FsckReport
{
    /// <summary>Studies that the journal knows.</summary>
    public required int Studies { get; init; }

    /// <summary>Artifact files that were hashed.</summary>
    public required int Artifacts { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Readable result records.</summary>
    public required int Results { get; init; }

    /// <summary>Temporary files in the store: of a write that was killed, or is under way.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Damaged files that runs have set aside.</summary>
    public required int SetAside { get; init; }

    /// <summary>Results of superseded studies that `ivim gc` has freed.</summary>
    public required int Freed { get; init; }

    /// <summary>Null where none was asked for.</summary>
    public FsckSample? Sample { get; init; }

    public required IReadOnlyList<StoreFinding> Errors { get; init; }
}

/// <param name="Skipped">Chosen but not computed, with the reason.</param>
/// <param name="NotComparable">Results of another numeric class, of which nothing was learnt.</param>
internal sealed record FsckSample(int Equal, int Different, IReadOnlyList<string> Skipped, int NotComparable);
