namespace Ivim.Imaging.Reports.Pages;

/// <summary>A map in some slices, with its colour bar.</summary>
/// <param name="Unit">Of the numbers beside the bar; empty for none.</param>
/// <param name="DisplayScale">Displayed number per stored number, for example 1000 for 10⁻³ mm²/s.</param>
/// <param name="Values">[z, y, x], of the grid of <paramref name="Stack"/>; shown inside its mask.</param>
/// <param name="Lower">The lower end of the colours, as stored; what lies below takes its colour.</param>
public sealed record SliceFigure(string Caption, string Unit, double DisplayScale, SliceStack Stack, float[] Values,
    double Lower, double Upper) : ReportBlock;
