namespace Ivim.Imaging.Reports.Pages;

/// <param name="Heading">With the unit.</param>
/// <param name="Across">What runs along the horizontal axis.</param>
public abstract record Chart(string Heading, string Across);

/// <summary>How often values occur.</summary>
/// <param name="Groups">Of the same lower end and width of a bin; the first is filled, others are outlines.</param>
public sealed record HistogramChart(string Heading, string Across, double Lower, double BinWidth,
    IReadOnlyList<HistogramGroup> Groups) : Chart(Heading, Across);

/// <param name="Shares">Of all voxels, one for each bin.</param>
public sealed record HistogramGroup(string Name, IReadOnlyList<double> Shares);

/// <summary>Lines and points over numbers.</summary>
/// <param name="FromZero">Whether the vertical axis begins at 0.</param>
/// <param name="Level">Where a dashed line is drawn across, or null.</param>
public sealed record CurveChart(string Heading, string Across, IReadOnlyList<CurveLine> Lines,
    bool FromZero = true, double? Level = null) : Chart(Heading, Across);

/// <param name="Points">In ascending order of X; a Y that is not finite is left out.</param>
public sealed record CurveLine(string Name, IReadOnlyList<(double X, double Y)> Points, CurveMark Mark);

public enum CurveMark
{
    Line,
    Points,
    LineWithPoints,
}

/// <summary>One mark for each study, in a strip for each group.</summary>
public sealed record StripChart(string Heading, string Across, IReadOnlyList<StripGroup> Groups)
    : Chart(Heading, Across);

public sealed record StripGroup(string Name, IReadOnlyList<StripMark> Marks);

/// <param name="Link">A file beside the page, or null.</param>
public sealed record StripMark(string Name, double Value, string? Link = null, bool IsOutlier = false);
