namespace Ivim.Imaging.Reports;

/// <summary>One picture of several panels side by side that share their series and their horizontal axis.</summary>
public sealed record LinePlotContent
{
    public required string Title { get; init; }

    /// <summary>What runs along the horizontal axis.</summary>
    public required string Across { get; init; }

    public required IReadOnlyList<LinePanel> Panels { get; init; }
}

/// <param name="Heading">With the unit.</param>
/// <param name="Series">In the same order in every panel: the order chooses the colour.</param>
public sealed record LinePanel(string Heading, IReadOnlyList<LineSeries> Series);

/// <param name="Name">In the legend.</param>
public sealed record LineSeries(string Name, IReadOnlyList<LinePoint> Points, LineKind Kind = LineKind.Solid);

/// <summary>Dashed and dotted are for what is a reference and has no measured points.</summary>
public enum LineKind
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>A value with its interval. All above 0: both axes are logarithmic.</summary>
public readonly record struct LinePoint(double X, double Y, double Lower, double Upper);
