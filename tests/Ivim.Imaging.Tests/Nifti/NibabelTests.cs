using System.Diagnostics;
using System.Globalization;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Nifti;

/// <summary>The same files through nibabel (Debian's python3-nibabel), where it is installed.</summary>
public sealed class NibabelTests
{
    private const string Interpreter = "/usr/bin/python3";

    [SkippableTheory]
    [InlineData("ivim_cord/dwi_rl.nii.gz")]
    [InlineData("ivim_prostate/prostate_1_5T_dwi.nii.gz")]
    [InlineData("ivim_abdomen/vol1_raw300_dwi.nii.gz")]
    [InlineData("badinput/nibabel/example4d.nii.gz")]
    [InlineData("badinput/nibabel/example_nifti2.nii.gz")]
    [InlineData("badinput/nibabel/anatomical.nii")]
    [InlineData("badinput/nibabel/functional.nii")]
    [InlineData("badinput/nifti/minimal.hdr")]
    [InlineData("badinput/nifti/zstat1.nii.gz")]
    [InlineData("badinput/nifti/avg152T1_LR_nifti.nii.gz")]
    [InlineData("badinput/dipy_debian/small_64D.nii")]
    public void Voxels_and_affine_agree(string relative)
    {
        string path = SharedData.Path(relative);
        string[] lines = Ask(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var image = NiftiFile.Read(path);

        double[] sums = Numbers(lines[0]), affine = Numbers(lines[1]);
        double scale = image.Voxels.Max(Math.Abs);
        // One rounding to float32 per voxel, relative to the largest voxel.
        Assert.Equal(sums[0], image.Voxels.Average(v => (double)v), 1e-7 * scale);
        Assert.Equal(sums[1], image.Voxels.Select((v, i) => v * (double)(i % 1009)).Average(), 1e-4 * scale);
        Assert.Equal(sums[2], image.Voxels.Min(), 1e-6 * scale);
        Assert.Equal(sums[3], image.Voxels.Max(), 1e-6 * scale);
        for (int i = 0; i < 12; i++) Assert.Equal(affine[i], image.Header.Affine.Rows[i], 1e-4);
    }

    [SkippableTheory]
    [InlineData("map.nii.gz")]
    [InlineData("map.img")]
    public void Nibabel_reads_what_is_written(string name)
    {
        using var folder = new TemporaryFolder();
        var affine = new AffineMatrix([0, -2, 0, 10, 3, 0, 0, -20, 0, 0, 4, 30]);
        var header = NiftiGeometry.Create(new ImageShape(5, 4, 3, 2), affine);
        float[] voxels = [.. Enumerable.Range(0, 120).Select(i => (float)Math.Sqrt(i))];
        NiftiWriter.WriteFile(folder.Path(name), header, header.Shape, voxels);

        string[] lines = Ask(folder.Path(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(voxels.Average(v => (double)v), Numbers(lines[0])[0], 1e-7);
        Assert.Equal(affine.Rows, Numbers(lines[1]).Take(12));
        Assert.Equal("5 4 3 2", lines[2]);
    }

    private static string Ask(string path)
    {
        const string Program = """
            import sys, nibabel, numpy
            image = nibabel.load(sys.argv[1])
            header = image.header
            if header['sform_code'] == 0 and header['qform_code'] == 0:
                affine = numpy.diag(list(header['pixdim'][1:4]) + [1.0])
            else:
                affine = image.affine
            v = numpy.asarray(image.dataobj).astype(float).ravel(order='F')
            weighted = v * (numpy.arange(v.size) % 1009)
            print(*(repr(float(x)) for x in (v.mean(), weighted.mean(), v.min(), v.max())))
            print(' '.join(repr(float(x)) for x in affine.ravel()))
            print(' '.join(str(n) for n in image.shape))
            """;
        Skip.IfNot(File.Exists(Interpreter), "no python3");
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "-c", Program, path }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Skip.If(error.Contains("No module named", StringComparison.Ordinal), "no python3-nibabel");
        Assert.True(process.ExitCode == 0, error);
        return output;
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
