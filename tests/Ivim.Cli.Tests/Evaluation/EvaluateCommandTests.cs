using System.Text.Json;

namespace Ivim.Cli.Tests.Evaluation;

public sealed class EvaluateCommandTests
{
    // Voxels are float32, whose relative rounding is 6e-8: of numbers up to 4e-3 that leaves 1e-9, with room for sums.
    private const double Rounding = 1e-9;

    // The same for quotients, which are of the order of 1.
    private const double RelativeRounding = 1e-6;

    [Fact]
    public async Task Errors_are_those_of_a_calculation_by_hand()
    {
        using var study = new HandMadeStudy(estimate: _ => 1.1);
        var report = await EvaluateAsync(study);
        var pooled = Region(report, "D", "all");
        // Truth 1, 2, 3, 4 e-3, error a tenth of it: RMSE = 1e-4 sqrt(30 / 4), mean truth 2.5e-3.
        double rmse = 1e-4 * Math.Sqrt(7.5);
        Assert.Equal(16, pooled.GetProperty("voxels").GetInt32());
        Assert.Equal(rmse, pooled.GetProperty("rmse").GetDouble(), Rounding);
        Assert.Equal(rmse / 2.5e-3, pooled.GetProperty("normalisedRmse").GetDouble(), RelativeRounding);
        Assert.Equal(0.1, pooled.GetProperty("relativeBias").GetDouble(), RelativeRounding);
        Assert.Equal(1, pooled.GetProperty("rankCorrelation").GetDouble(), 1e-12);
        Assert.Equal(1e-3 * Math.Sqrt(1.25), pooled.GetProperty("constantRmse").GetDouble(), Rounding);
        var left = Region(report, "D", "left");
        Assert.Equal(8, left.GetProperty("voxels").GetInt32());
        Assert.Equal(1e-4 * Math.Sqrt(2.5), left.GetProperty("rmse").GetDouble(), Rounding);
        Assert.Equal("mm2/s", report.GetProperty("parameters").GetProperty("D").GetProperty("unit").GetString());
        Assert.Equal(0, report.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Coverage_is_the_share_of_intervals_that_hold_the_truth()
    {
        // Errors of 1, 2, 3 and 4e-4, and a standard deviation of 1.6e-4: 1.645 of them are 2.6e-4.
        using var study = new HandMadeStudy(estimate: _ => 1.1);
        study.WriteImage("maps/sub-01/dwi/sub-01_model-ivim_desc-std_param-D_dwimap.nii.gz", _ => 1.6e-4);
        study.WriteImage("maps/sub-01/dwi/sub-01_desc-reliable_mask.nii.gz",
            voxel => voxel % HandMadeStudy.Width == 0 ? 1 : 0);
        var parameters = (await EvaluateAsync(study)).GetProperty("parameters");
        var d = parameters.GetProperty("D");
        Assert.Equal(0.5, d.GetProperty("coverageOf90Percent").GetDouble());
        Assert.Equal(1, d.GetProperty("coverageOf90PercentWhereReliable").GetDouble());
        // Nowhere is the true f above 0.03.
        Assert.Equal(JsonValueKind.Null, parameters.GetProperty("Dstar").GetProperty("coverageOf90Percent").ValueKind);
    }

    [Fact]
    public async Task A_step_between_slabs_shows_in_the_seam_index_and_the_borders_come_from_the_provenance()
    {
        // Slices 0 and 1 are estimated a tenth too high, 2 and 3 right: a step at the one border, none elsewhere.
        using var study = new HandMadeStudy(voxel => voxel < 2 * HandMadeStudy.Width ? 1.1 : 1);
        File.WriteAllText(study["maps/sub-01/dwi/sub-01_desc-provenance_dwi.json"], """{"slabs":[[0,1],[2,3]]}""");
        var report = await EvaluateAsync(study);
        var seam = report.GetProperty("parameters").GetProperty("D").GetProperty("seam");
        Assert.Equal("truth", report.GetProperty("seamsPairedWith").GetString());
        Assert.Equal(1e-4 * 2.5, seam.GetProperty("borderStep").GetDouble(), Rounding);
        Assert.Equal(0, seam.GetProperty("interiorStep").GetDouble(), Rounding);
    }

    [Fact]
    public async Task Paired_with_a_run_that_has_the_same_step_there_is_no_seam()
    {
        static double Stepped(int voxel) => voxel < 2 * HandMadeStudy.Width ? 1.1 : 1;
        using var study = new HandMadeStudy(Stepped);
        study.WriteMaps("whole", Stepped);
        var report = await EvaluateAsync(study, "--reference", study["whole"], "--slab-slices", "2");
        var seam = report.GetProperty("parameters").GetProperty("D").GetProperty("seam");
        Assert.Equal("reference", report.GetProperty("seamsPairedWith").GetString());
        Assert.Equal(1, seam.GetProperty("index").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Voxels_outside_the_maps_mask_are_counted_but_not_compared()
    {
        using var study = new HandMadeStudy(voxel => voxel % HandMadeStudy.Width == 0 ? 0 : 1);
        study.WriteImage(
            "maps/sub-01/dwi/sub-01_desc-ivim_mask.nii.gz", voxel => voxel % HandMadeStudy.Width == 0 ? 0 : 1);
        var report = await EvaluateAsync(study);
        Assert.Equal(12, report.GetProperty("voxels").GetInt32());
        Assert.Equal(4, report.GetProperty("unmappedVoxels").GetInt32());
        Assert.Equal(0, Region(report, "D", "all").GetProperty("rmse").GetDouble());
    }

    [Fact]
    public async Task Elsewhere_than_on_a_terminal_the_table_is_aligned_text()
    {
        using var study = new HandMadeStudy(_ => 1.1);
        var run = await ProgramRun.OfAsync("evaluate", study.Maps, "--truth", study.Truth);
        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("parameter        region  voxels", lines[0], StringComparison.Ordinal);
        Assert.Equal(["D", "(1e-3", "mm2/s)", "all", "16", "2.5", "0.2739", "0.110", "10.0", "46.2", "1.000", "1.118"],
            lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(lines[0].IndexOf("region", StringComparison.Ordinal),
            lines[3].IndexOf("all", StringComparison.Ordinal));
        Assert.All(lines.TakeWhile(line => line.Length > 0), line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Contains(lines, line => line.StartsWith("parameter  truth in 90 % interval", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("MAPS-MISSING", "nowhere", "truth")]
    [InlineData("TRUTH-MISSING", "maps", "maps")]
    [InlineData("SLABS-UNKNOWN", "maps", "truth", "--reference", "maps")]
    [InlineData("FILE-MISSING", "maps", "truth", "--mask", "nowhere.nii")]
    public async Task What_is_missing_is_named(string code, string estimate, string truth, params string[] others)
    {
        using var study = new HandMadeStudy(_ => 1);
        string[] more = [.. others.Select(word => word.StartsWith('-') ? word : study[word])];
        var run = await ProgramRun.OfAsync(["evaluate", study[estimate], "--truth", study[truth], .. more]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maps_of_another_shape_are_refused()
    {
        using var study = new HandMadeStudy(_ => 1);
        study.WriteImage("maps/sub-01/dwi/sub-01_model-ivim_param-f_dwimap.nii.gz", _ => 1, slices: 3);
        var run = await ProgramRun.OfAsync("evaluate", study.Maps, "--truth", study.Truth);
        Assert.StartsWith("error SHAPE-MISMATCH: found a map of 4x1x3 voxels; expected 4x1x4; compare", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_without_numbers_is_refused()
    {
        using var study = new HandMadeStudy(voxel => voxel == 3 ? double.NaN : 1);
        var run = await ProgramRun.OfAsync("evaluate", study.Maps, "--truth", study.Truth);
        Assert.StartsWith("error MAPS-NOT-FINITE: found 1 voxels of D", run.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> EvaluateAsync(HandMadeStudy study, params string[] more)
    {
        var run = await ProgramRun.OfAsync(["evaluate", study.Maps, "--truth", study.Truth, "--json", .. more]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        return JsonDocument.Parse(run.LastLine).RootElement;
    }

    private static JsonElement Region(JsonElement report, string parameter, string region) =>
        report.GetProperty("parameters").GetProperty(parameter).GetProperty("regions").EnumerateArray()
            .Single(row => row.GetProperty("region").GetString() == region);
}
