namespace Ivim.Imaging.Volumes;

/// <summary>How several volumes of one b-value become one.</summary>
public enum AveragingRule
{
    /// <summary>
    /// Repeats of a direction: arithmetic mean. Different directions: geometric mean of their means, which for a tensor
    /// is the signal at its trace. Without b-vectors, and at b = 0, every volume counts as a repeat.
    /// </summary>
    Auto,

    /// <summary>Arithmetic mean of all volumes.</summary>
    Arithmetic,

    /// <summary>Geometric mean of all volumes; 0 where one is not positive.</summary>
    Geometric,
}

/// <summary>The choices of a protocol that shape the input signals.</summary>
public sealed record SeriesOptions
{
    public static SeriesOptions Default { get; } = new();

    public AveragingRule Averaging { get; init; } = AveragingRule.Auto;

    /// <summary>Larger b-values are left out, s/mm²; null keeps all.</summary>
    public double? BMaxSecondsPerMm2 { get; init; }

    /// <summary>Fewer distinct b-values are refused: the model has four parameters.</summary>
    public int LeastDistinctBValues { get; init; } = 4;
}
