namespace Ivim.Cli.Mapping;

/// <summary>What came of mapping one study.</summary>
public sealed record MapReport
{
    public required string Study { get; init; }

    /// <summary>The hash of the canonical protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Stage to number of items that were computed now.</summary>
    public IReadOnlyDictionary<string, int> Computed { get; init; } = new Dictionary<string, int>();

    /// <summary>Stage to number of items whose result was already in the store.</summary>
    public IReadOnlyDictionary<string, int> Reused { get; init; } = new Dictionary<string, int>();

    /// <summary>Parameter, such as `Dstar`, to its published map.</summary>
    public IReadOnlyDictionary<string, PublishedMap> Maps { get; init; } = new Dictionary<string, PublishedMap>();

    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    /// <summary>Work that failed; empty only if every requested output exists and verifies.</summary>
    public IReadOnlyList<Notice> Errors { get; init; } = [];
}

/// <param name="Path">Absolute.</param>
/// <param name="Sha256">Of the voxels, lower-case hexadecimal.</param>
public sealed record PublishedMap(string Path, string Sha256);

/// <summary>A warning or an error with its stable code.</summary>
public sealed record Notice(string Code, string Message)
{
    /// <summary>A line that begins with its code.</summary>
    internal static Notice OfLine(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        return new Notice(line[..colon], line[(colon + 2)..]);
    }
}
