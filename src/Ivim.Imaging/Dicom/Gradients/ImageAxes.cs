using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Gradients;

namespace Ivim.Imaging.Dicom.Gradients;

/// <summary>Directions as FSL's .bvec holds them: along the axes of the stored image.</summary>
/// <remarks>
/// FSL turns the sign of x where the affine's determinant is positive. Rows are stored upwards and slices along the
/// normal, so that ours is always negative and nothing has to be turned.
/// </remarks>
internal static class ImageAxes
{
    public static GradientDirection Of(DiffusionWeighting weighting, SlicePlane plane)
    {
        if (weighting.Direction is not { } g) return default;
        return weighting.Axes == DirectionAxes.Patient
            ? GradientDirection.Of(g.Dot(plane.AlongRow), -g.Dot(plane.AlongColumn), g.Dot(plane.Normal))
            : GradientDirection.Of(g.X, -g.Y, g.Z);
    }
}
