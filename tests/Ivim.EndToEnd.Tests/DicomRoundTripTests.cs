using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Tests.Dicom.Series;

namespace Ivim.EndToEnd.Tests;

/// <summary>A real many-b scan, written as DICOM by us: no real DICOM of more than three b-values is public.</summary>
public sealed class DicomRoundTripTests : IDisposable
{
    private const int Side = 12, Left = 110, Bottom = 100, Slices = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task The_maps_of_a_classic_enhanced_or_mosaic_series_are_those_of_the_NIfTI_bit_for_bit()
    {
        string path = SharedData.Path("ivim_prostate/prostate_1_5T_dwi.nii.gz");
        double[] b = BValueFile.Read(Path.ChangeExtension(Path.ChangeExtension(path, null), ".bval"));
        var scan = NiftiFile.Read(path);
        var crop = Cropped(scan);
        var series = Series(crop, scan.Header.ScaleSlope, b);
        NiftiWriter.WriteFile(_folder.Path("sub-01_dwi.nii"), crop.Header, crop.Header.Shape, crop.Voxels);
        _folder.Write("sub-01_dwi.bval", string.Join(' ', b));
        series.WriteClassic(_folder.Path("classic"), series.Standard);
        series.WriteEnhanced(_folder.Path("enhanced"));
        series.WriteMosaic(_folder.Path("mosaic"));
        var expected = await MapAsync("sub-01_dwi.nii");
        foreach (string form in (string[])["classic", "enhanced", "mosaic"])
        {
            var found = await MapAsync(form);
            Assert.Equal(expected, found);
        }
        await ExportAsync("classic");
    }

    private async Task<SortedDictionary<string, string>> MapAsync(string input)
    {
        string output = _folder.Path("maps-" + input);
        var run = await IvimProcess.RunAsync("map", _folder.Path(input), "--out", output, "--method", "nlls",
            "--denoise", "none", "--polish", "none", "--b-max", "1000", "--json");
        Assert.Equal(run.MustBeDone().Hashes, new PublishedStudy(output).Hashes());
        return run.Hashes;
    }

    /// <summary>Maps of a series become objects beside it, and no name is told.</summary>
    private async Task ExportAsync(string form)
    {
        string[] arguments = ["export", _folder.Path("maps-" + form), "--source", _folder.Path(form), "--dicom"];
        var run = await IvimProcess.RunAsync([.. arguments, _folder.Path("objects")]);
        run.MustBeDone();
        Assert.Equal(["D-std.dcm", "D.dcm", "Dstar-std.dcm", "Dstar.dcm", "f-std.dcm", "f.dcm"],
            Directory.EnumerateFiles(_folder.Path("objects")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Secret", run.Output + run.Error, StringComparison.Ordinal);
        run = await IvimProcess.RunAsync([.. arguments, _folder.Path("objects")]);
        run.MustBeRefusal(Finished.BadInput, "EXPORT-EXISTS");
    }

    private static NiftiImage Cropped(NiftiImage scan)
    {
        var (shape, affine) = (scan.Header.Shape, scan.Header.Affine);
        var voxels = new List<float>();
        for (int v = 0; v < shape.Volumes; v++)
            for (int z = 0; z < Slices; z++)
                for (int y = Bottom; y < Bottom + Side; y++)
                    voxels.AddRange(scan.Volume(v).Slice((z * shape.Height + y) * shape.Width + Left, Side));
        double[] rows = [.. affine.Rows];
        for (int row = 0; row < 3; row++)
            rows[4 * row + 3] += Left * affine[row, 0] + Bottom * affine[row, 1];
        return new NiftiImage(NiftiGeometry.Create(
            new ImageShape(Side, Side, Slices, shape.Volumes), new AffineMatrix(rows)), [.. voxels]);
    }

    /// <summary>The scan as stored integers with its slope, on planes that its affine gives.</summary>
    private static WrittenSeries Series(NiftiImage crop, double slope, double[] b)
    {
        var (shape, affine) = (crop.Header.Shape, crop.Header.Affine);
        Vector Edge(int column) => new(-affine[0, column], -affine[1, column], affine[2, column]);
        var (x, y, z) = (Edge(0), Edge(1), Edge(2));
        var plane = new SlicePlane(Edge(3) + y * (Side - 1), x * (1 / x.Length), y * (-1 / y.Length), y.Length,
            x.Length, Side, Side);
        int voxels = (int)shape.VoxelsPerVolume;
        var stored = Enumerable.Range(0, shape.Volumes).Select(v => crop.Voxels.Skip(v * voxels).Take(voxels)
            .Select(value => (int)Math.Round(value / slope)).ToArray());
        return new WrittenSeries([.. stored], Slices, plane, z.Length, b, slope);
    }
}
