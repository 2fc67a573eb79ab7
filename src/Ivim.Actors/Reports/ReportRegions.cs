namespace Ivim.Actors.Reports;

/// <summary>Regions of a study, drawn by somebody else.</summary>
/// <param name="Labels">[z, y, x], 0 outside of all regions.</param>
/// <param name="Names">By label; a label without a name is called by its number.</param>
public sealed record ReportRegions(int[] Labels, IReadOnlyDictionary<int, string> Names);
