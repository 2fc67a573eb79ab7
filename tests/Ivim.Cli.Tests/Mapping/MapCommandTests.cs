using System.Text.Json;
using Ivim.Cli.Mapping;

namespace Ivim.Cli.Tests.Mapping;

public sealed class MapCommandTests
{
    [Fact]
    public async Task Every_option_arrives_as_it_was_written()
    {
        var runner = new RecordingRunner(RecordingRunner.Finished);
        var run = await ProgramRun.OfAsync(runner, "map", "dwi.nii.gz", "--out", "maps", "--bval", "a.bval", "--bvec",
            "a.bvec", "--mask", "m.nii", "--protocol", "p.json", "--method", "nlls", "--b-max", "800.5", "--members",
            "8", "--slab-slices", "4", "--halo", "0", "--scope", "study+slab", "--steps", "1500", "--seed",
            "18446744073709551615", "--work", "w", "--workers", "2", "--device", "cuda", "--subject", "07", "--quiet");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(new MapOptions
        {
            Input = "dwi.nii.gz",
            Out = "maps",
            Bval = "a.bval",
            Bvec = "a.bvec",
            Mask = "m.nii",
            Protocol = "p.json",
            Method = "nlls",
            BMaxSecondsPerMm2 = 800.5,
            Members = 8,
            SlabSlices = 4,
            HaloSlices = 0,
            Scope = "study+slab",
            Steps = 1500,
            Seed = ulong.MaxValue,
            Work = "w",
            Workers = 2,
            Device = "cuda",
            Subject = "07",
            Quiet = true,
        }, runner.Asked);
    }

    [Fact]
    public async Task What_was_not_said_is_left_to_the_protocol()
    {
        var runner = new RecordingRunner(RecordingRunner.Finished);
        await ProgramRun.OfAsync(runner, "map", "dwi.nii.gz", "--out", "maps");
        Assert.Equal(new MapOptions { Input = "dwi.nii.gz", Out = "maps" }, runner.Asked);
    }

    [Fact]
    public async Task The_last_line_is_one_object_with_the_names_that_scripts_read()
    {
        var runner = new RecordingRunner(RecordingRunner.Finished);
        var run = await ProgramRun.OfAsync(runner, "map", "x", "--out", "y", "--json");
        var report = JsonDocument.Parse(run.LastLine).RootElement;
        Assert.Equal("sub-01", report.GetProperty("study").GetString());
        Assert.Equal("abc123", report.GetProperty("protocol").GetString());
        Assert.Equal(6, report.GetProperty("items").GetProperty("computed").GetProperty("train").GetInt32());
        Assert.Equal(2, report.GetProperty("items").GetProperty("reused").GetProperty("train").GetInt32());
        var map = report.GetProperty("maps").GetProperty("Dstar");
        Assert.Equal("/out/sub-01_param-Dstar.nii.gz", map.GetProperty("path").GetString());
        Assert.Equal("00ff", map.GetProperty("sha256").GetString());
        Assert.True(report.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal("FEW-B-VALUES", report.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal(0, report.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Progress_and_warnings_stay_off_the_standard_output()
    {
        var runner = new RecordingRunner(RecordingRunner.Finished);
        var run = await ProgramRun.OfAsync(runner, "map", "x", "--out", "y", "--json");
        Assert.Single(run.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal(["prepare  1/1", "train    2/8 (2 reused)", "warning FEW-B-VALUES: 8 distinct b-values"],
            run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task The_maps_are_listed_in_one_column_and_the_totals_below()
    {
        var report = RecordingRunner.Finished with
        {
            Maps = new Dictionary<string, PublishedMap> { ["D"] = new("/o/D", "0"), ["Dstar-std"] = new("/o/s", "1") },
        };
        var run = await ProgramRun.OfAsync(new RecordingRunner(report), "map", "x", "--out", "y", "--quiet");
        Assert.StartsWith("D          /o/D\nDstar-std  /o/s\nstudy sub-01: 7 items computed, 2 reused, ",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_found_every_result_says_so()
    {
        var report = RecordingRunner.Finished with { Computed = new Dictionary<string, int>() };
        var run = await ProgramRun.OfAsync(new RecordingRunner(report), "map", "x", "--out", "y", "--quiet");
        Assert.StartsWith("study sub-01: nothing to compute: every result was there, ", run.LastLine,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_shows_no_progress()
    {
        var run = await ProgramRun.OfAsync(
            new RecordingRunner(RecordingRunner.Finished with { Warnings = [] }), "map", "x", "--out", "y", "--quiet");
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Work_that_failed_makes_the_program_fail()
    {
        var failed = RecordingRunner.Finished with { Errors = [new Notice("MEMBER-DIVERGED", "member 3 diverged")] };
        var run = await ProgramRun.OfAsync(new RecordingRunner(failed), "map", "x", "--out", "y", "--quiet");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error MEMBER-DIVERGED: member 3 diverged", run.Error, StringComparison.Ordinal);
    }
}
