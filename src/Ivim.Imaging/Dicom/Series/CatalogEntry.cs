namespace Ivim.Imaging.Dicom.Series;

/// <summary>One object of a series, by what its elements say; pixels are read from the file again.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="SopInstance">Its unique name, which orders what nothing else orders.</param>
/// <param name="Instance">Instance Number; the largest where there is none.</param>
/// <param name="Refusal">Why its slices cannot be told; then there are none.</param>
public sealed record CatalogEntry(
    string Path, string SopInstance, int Acquisition, int Instance, IReadOnlyList<SliceImage> Slices,
    Physics.RefusalException? Refusal);
