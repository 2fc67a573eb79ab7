using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>One series written as objects of several kinds comes back as the same volumes.</summary>
public sealed class SeriesFormTests : IDisposable
{
    // Positions are written with 16 characters, and the header keeps single precision.
    private const double OfAffine = 1e-4;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Forms => ["classic", "enhanced", "mosaic", "mosaic against the normal"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Voxels_b_values_and_geometry_come_back(string form)
    {
        var written = WrittenSeries.Small(0, 50, 200, 400, 800) with { Slope = 1.6857142448425293 };
        var found = Read(written, form);
        Assert.Equal(new ImageShape(5, 4, 3, 5), found.Image.Header.Shape);
        Assert.Equal(written.Signals, found.Image.Voxels);
        Assert.Equal(written.BValues, found.BSecondsPerMm2);
        Assert.True(Expected(written).LargestDifference(found.Image.Header.Affine) < OfAffine);
    }

    /// <summary>Real many-b data: no real DICOM of more than three b-values is public.</summary>
    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void The_prostate_scan_comes_back_bit_for_bit(string form)
    {
        string path = SharedData.Path("ivim_prostate/prostate_1_5T_dwi.nii.gz");
        var image = NiftiFile.Read(path);
        double[] b = BValueFile.Read(Path.ChangeExtension(Path.ChangeExtension(path, null), ".bval"));
        var found = Read(Prostate(image, b), form);
        Assert.True(image.Voxels.AsSpan().SequenceEqual(found.Image.Voxels), "other voxels");
        Assert.Equal(b, found.BSecondsPerMm2);
        // The scan's own affine is that of a quaternion in single precision: 1e-3 mm over the volume.
        Assert.True(image.Header.Affine.LargestDifference(found.Image.Header.Affine) < 1e-3);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The scan as stored integers with its slope, on planes that its affine gives.</summary>
    internal static WrittenSeries Prostate(NiftiImage image, double[] b)
    {
        var (shape, affine) = (image.Header.Shape, image.Header.Affine);
        var x = new Vector(-affine[0, 0], -affine[1, 0], affine[2, 0]);
        var y = new Vector(-affine[0, 1], -affine[1, 1], affine[2, 1]);
        var z = new Vector(-affine[0, 2], -affine[1, 2], affine[2, 2]);
        var origin = new Vector(-affine[0, 3], -affine[1, 3], affine[2, 3]) + y * (shape.Height - 1);
        var plane = new SlicePlane(origin, x * (1 / x.Length), y * (-1 / y.Length), y.Length, x.Length, shape.Height,
            shape.Width);
        int voxels = (int)shape.VoxelsPerVolume;
        var stored = Enumerable.Range(0, shape.Volumes).Select(v => image.Voxels.Skip(v * voxels).Take(voxels)
            .Select(value => (int)Math.Round(value / image.Header.ScaleSlope)).ToArray());
        return new WrittenSeries([.. stored], shape.Slices, plane, z.Length, b, image.Header.ScaleSlope);
    }

    private DicomSeries Read(WrittenSeries written, string form)
    {
        switch (form)
        {
            case "classic":
                written.WriteClassic(_folder.Root, written.Standard);
                break;
            case "enhanced":
                written.WriteEnhanced(_folder.Root);
                break;
            default:
                written.WriteMosaic(_folder.Root, isReversed: form.EndsWith("normal", StringComparison.Ordinal));
                break;
        }
        return new DicomSeriesReader().Read(_folder.Root);
    }

    /// <summary>PS3.3 C.7.6.2.1.1, with rows upwards and the first two axes turned to NIfTI's.</summary>
    private static AffineMatrix Expected(WrittenSeries written)
    {
        var first = written.First;
        var last = first.Position + first.AlongColumn * (first.RowSpacing * (first.Rows - 1));
        var (r, c, n) = (first.AlongRow * first.ColumnSpacing, first.AlongColumn * first.RowSpacing,
            first.Normal * written.Spacing);
        return new AffineMatrix([-r.X, c.X, -n.X, -last.X, -r.Y, c.Y, -n.Y, -last.Y, r.Z, -c.Z, n.Z, last.Z]);
    }
}
