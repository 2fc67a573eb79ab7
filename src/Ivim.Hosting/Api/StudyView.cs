namespace Ivim.Hosting.Api;

/// <summary>The answer to a submission.</summary>
public sealed record StudyReceipt
{
    public required string Study { get; init; }

    /// <summary>SHA-256 of the canonical protocol.</summary>
    public required string Protocol { get; init; }

    public required string Phase { get; init; }

    /// <summary>The counts when the submission arrived: what was done then is not computed for it.</summary>
    public required IReadOnlyList<StageView> Stages { get; init; }

    /// <summary>Whether a finished study brings its files to the destination once more.</summary>
    public required bool Republished { get; init; }
}

/// <summary>How a study stands.</summary>
public sealed record StudyView
{
    public required string Study { get; init; }

    /// <summary>SHA-256 of the canonical protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>One of <see cref="StudyPhases"/>.</summary>
    public required string Phase { get; init; }

    public required IReadOnlyList<StageView> Stages { get; init; }

    /// <summary>Parameter, such as `Dstar`, to its published map; empty until published.</summary>
    public required IReadOnlyDictionary<string, MapView> Maps { get; init; }

    /// <summary>
    /// Why a failed study failed; of a running one, what holds it up at the moment; why a silent one is.
    /// </summary>
    public required CodedLine? Failure { get; init; }

    public required IReadOnlyList<CodedLine> Warnings { get; init; }

    /// <summary>What was found amiss with results that had counted: somebody has to look.</summary>
    public IReadOnlyList<CodedLine> Alarms { get; init; } = [];
}

/// <param name="Total">Items; 0 while unknown.</param>
/// <param name="Reused">Items whose result was already in the store.</param>
/// <param name="Fraction">Finished share of the items, those under way counted by their own share, 0 to 1.</param>
public sealed record StageView(string Stage, int Total, int Done, int Reused, double Fraction);

/// <param name="Path">Absolute, as the workers see it.</param>
/// <param name="Sha256">Of the voxels, lower-case hexadecimal.</param>
public sealed record MapView(string Path, string Sha256);

/// <param name="Message">One line.</param>
public sealed record CodedLine(string Code, string Message);

/// <summary>The studies of the work folder, the latest submission first.</summary>
/// <param name="Total">Studies of the work folder, on whatever page.</param>
/// <param name="Next">Where the next page begins; null if there is none.</param>
public sealed record StudyList(IReadOnlyList<StudyView> Studies, int Total = 0, int? Next = null);
