using System.Text.Json;
using Ivim.Cli.Mapping;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Tests.Dicom.Series;
using Ivim.Physics;

namespace Ivim.Cli.Tests.Conversion;

public sealed class ConvertCommandTests : IDisposable
{
    private static readonly WrittenSeries Series = WrittenSeries.Small(0, 50, 200, 800);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_DICOM_folder_becomes_an_image_with_its_tables_and_a_side_car()
    {
        Series.WriteEnhanced(_folder["in"]);
        var run = await ConvertAsync("in", "out/scan.nii.gz", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["scan.bval", "scan.bvec", "scan.json", "scan.nii.gz"], Names("out"));
        Assert.Equal(Series.Signals, NiftiFile.Read(_folder["out/scan.nii.gz"]).Voxels);
        Assert.Equal(Series.BValues, BValueFile.Read(_folder["out/scan.bval"]));
        Assert.Equal(4, BVectorFile.Read(_folder["out/scan.bvec"]).Length);
        var report = JsonDocument.Parse(run.LastLine).RootElement;
        Assert.Equal(4, report.GetProperty("shape")[3].GetInt32());
        Assert.DoesNotContain("Secret", File.ReadAllText(_folder["out/scan.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_stays_unless_force_is_said()
    {
        Series.WriteClassic(_folder["in"], Series.Standard);
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder["out/scan.bvec"], "mine");
        var refused = await ConvertAsync("in", "out/scan.nii");
        Assert.Equal(3, refused.ExitCode);
        Assert.StartsWith("error CONVERT-EXISTS", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ConvertAsync("in", "out/scan.nii", "--force")).ExitCode);
        // No directions are known: vectors of another series would be wrong ones.
        Assert.Equal(["scan.bval", "scan.json", "scan.nii"], Names("out"));
    }

    [Fact]
    public async Task A_refused_series_leaves_nothing_behind()
    {
        Series.WriteClassic(_folder["in"]);
        var run = await ConvertAsync("in", "out/scan.nii.gz");
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error DICOM-B-MISSING", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
        Assert.Equal("error CONVERT-NAME", (await ConvertAsync("in", "out")).Error[..18]);
    }

    [Fact]
    public async Task A_side_file_stands_in_for_removed_elements()
    {
        Series.WriteClassic(_folder["in"]);
        File.WriteAllText(_folder["b.txt"], "0 10 20 30");
        Assert.Equal(0, (await ConvertAsync("in", "scan.nii.gz", "--bval", _folder["b.txt"])).ExitCode);
        Assert.Equal([0, 10, 20, 30], BValueFile.Read(_folder["scan.bval"]));
        Assert.Contains("side file", File.ReadAllText(_folder["scan.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_NIfTI_image_is_copied_with_its_tables()
    {
        Series.WriteEnhanced(_folder["in"]);
        await ConvertAsync("in", "one.nii.gz");
        Assert.Equal(0, (await ConvertAsync("one.nii.gz", "two.nii")).ExitCode);
        var (one, two) = (NiftiFile.Read(_folder["one.nii.gz"]), NiftiFile.Read(_folder["two.nii"]));
        Assert.Equal(one.Voxels, two.Voxels);
        Assert.True(one.Header.SameGeometryFields(two.Header));
        Assert.Equal(File.ReadAllText(_folder["one.bval"]), File.ReadAllText(_folder["two.bval"]));
        Assert.Equal(File.ReadAllText(_folder["one.bvec"]), File.ReadAllText(_folder["two.bvec"]));
    }

    /// <summary>So that both ways are one study, with the same maps.</summary>
    [Fact]
    public async Task Mapping_a_DICOM_folder_maps_the_very_files_that_convert_writes()
    {
        Series.WriteEnhanced(_folder["in"]);
        await ConvertAsync("in", "scan.nii.gz");
        var options = new MapOptions { Input = _folder["in"], Out = _folder["maps"] };
        using var intake = DicomIntake.Of(options, _folder["work"]);
        intake.Keep();
        var dossier = MapInput.Find(intake.Options);
        Assert.Equal(File.ReadAllBytes(_folder["scan.nii.gz"]), File.ReadAllBytes(dossier.Image));
        Assert.Equal(File.ReadAllBytes(_folder["scan.bval"]), File.ReadAllBytes(dossier.BValues));
        Assert.Equal(File.ReadAllBytes(_folder["scan.bvec"]), File.ReadAllBytes(dossier.BVectors!));
        Assert.Equal("sub-01_dwi", dossier.Name);
        using var again = DicomIntake.Of(options, _folder["work"]);
        Assert.Equal(intake.Options.Input, again.Options.Input);
    }

    [Fact]
    public void An_intake_that_leads_to_no_study_leaves_nothing_behind()
    {
        Series.WriteEnhanced(_folder["in"]);
        using (DicomIntake.Of(new MapOptions { Input = _folder["in"], Out = _folder["maps"] }, _folder["work"]))
            Assert.True(Directory.Exists(_folder["work"]));
        Assert.False(Directory.Exists(_folder["work"]));
    }

    [Fact]
    public void A_series_number_means_nothing_for_a_NIfTI_image()
    {
        File.WriteAllText(_folder["scan.nii"], "");
        Assert.Equal("USAGE", Assert.Throws<RefusalException>(() => DicomIntake.Of(
            new MapOptions { Input = _folder["scan.nii"], Out = _folder["maps"], Series = "1" }, _folder["w"])).Code);
    }

    private Task<ProgramRun> ConvertAsync(string input, string output, params string[] others) =>
        ProgramRun.OfAsync(["convert", _folder[input], "--out", _folder[output], .. others]);

    private string[] Names(string folder) =>
        [.. Directory.GetFiles(_folder[folder]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
