using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Volumes;

/// <summary>Small images with known voxels.</summary>
internal static class MadeSeries
{
    public static NiftiHeader Header(ImageShape shape) =>
        NiftiGeometry.Create(shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0]));

    /// <summary>One voxel, one value per volume.</summary>
    public static NiftiImage OneVoxel(params float[] values) =>
        new(Header(new ImageShape(1, 1, 1, values.Length)), values);

    public static NiftiImage Of(ImageShape shape, Func<int, int, int, int, float> value)
    {
        var voxels = new float[shape.Voxels];
        int at = 0;
        for (int t = 0; t < shape.Volumes; t++)
            for (int z = 0; z < shape.Slices; z++)
                for (int y = 0; y < shape.Height; y++)
                    for (int x = 0; x < shape.Width; x++) voxels[at++] = value(x, y, z, t);
        return new NiftiImage(Header(shape), voxels);
    }
}
