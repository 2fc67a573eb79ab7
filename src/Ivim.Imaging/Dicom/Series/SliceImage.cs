using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>One slice of one volume: where its pixels are, where it lies, how it is weighted.</summary>
/// <param name="Frame">Of its object, from 0.</param>
/// <param name="Tile">Where it begins in a frame that holds many slices; 0, 0 elsewhere.</param>
/// <param name="Plane">Null where its place is missing or impossible.</param>
/// <param name="Volume">What the scanner itself calls the volume; empty where it says nothing.</param>
/// <param name="MayOmitZero">Whether its scanner leaves b = 0 out.</param>
/// <param name="AreAxesVerified">Whether the axes of its direction were checked against another program.</param>
/// <param name="Thickness">Distance of slices, else their thickness, mm.</param>
public sealed record SliceImage(
    int Frame, (int Row, int Column) Tile, SlicePlane? Plane, DiffusionWeighting Weighting, ImageKind Kind,
    ImageScaling Scaling, string Volume, bool MayOmitZero, bool AreAxesVerified,
    double? Thickness);
