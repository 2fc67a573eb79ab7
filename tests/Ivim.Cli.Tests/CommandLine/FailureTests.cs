using System.Text.Json;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Tests.Mapping;
using Ivim.Physics;

namespace Ivim.Cli.Tests.CommandLine;

public sealed class FailureTests
{
    private static readonly string[] Map = ["map", "x", "--out", "y", "--quiet"];

    [Fact]
    public async Task A_refusal_is_one_line_with_its_code()
    {
        var refusal = new RefusalException("NIFTI-TRUNCATED", "10 bytes", "348 bytes", "copy the file again");
        var run = await ProgramRun.OfAsync(new RecordingRunner(refusal), Map);
        Assert.Equal((int)ExitCode.BadInput, run.ExitCode);
        Assert.Equal("error NIFTI-TRUNCATED: found 10 bytes; expected 348 bytes; copy the file again.\n", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_defect_is_one_line_that_names_its_report()
    {
        var run = await ProgramRun.OfAsync(new RecordingRunner(new InvalidOperationException("two\nlines")), Map);
        Assert.Equal((int)ExitCode.FailedWork, run.ExitCode);
        Assert.StartsWith(
            "error INTERNAL: InvalidOperationException: two lines (details: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(
            "System.InvalidOperationException (0x", await TakeReportAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_names_no_patient_and_only_its_owner_reads_it()
    {
        var missing = Record.Exception(() => File.ReadAllText("/data/Canary Anna, 1950/scan.nii"));
        var run = await ProgramRun.OfAsync(
            new RecordingRunner(new AggregateException(new IOException("/data/Canary/x", missing), missing!)), Map);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ReportOf(run)));
        string report = await TakeReportAsync(run);
        Assert.DoesNotContain("Canary", report, StringComparison.Ordinal);
        Assert.DoesNotContain("/data", report, StringComparison.Ordinal);
        Assert.Contains("caused by System.IO.DirectoryNotFoundException (0x", report, StringComparison.Ordinal);
        Assert.Contains("   at ", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_apart_from_a_defect()
    {
        var full = Record.Exception(() => File.WriteAllText("/dev/full", "no room"));
        var run = await ProgramRun.OfAsync(new RecordingRunner(full!), Map);
        Assert.Equal((int)ExitCode.Environment, run.ExitCode);
        Assert.StartsWith("error DISK-FULL: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_made_is_told_apart_from_a_defect()
    {
        var run = await ProgramRun.OfAsync("simulate", "--out", "/dev/null/folder", "--size", "4", "4", "1");
        Assert.Equal((int)ExitCode.Environment, run.ExitCode);
        Assert.StartsWith("error FILE-SYSTEM: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_library_is_told_apart_from_a_defect()
    {
        var missing = new TypeInitializationException("Torch", new DllNotFoundException("libgomp.so.1"));
        var run = await ProgramRun.OfAsync(new RecordingRunner(missing), Map);
        Assert.Equal((int)ExitCode.Environment, run.ExitCode);
        Assert.StartsWith("error LIBRARY-MISSING: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_stop_ends_with_130()
    {
        var run = await ProgramRun.OfAsync(new RecordingRunner(new OperationCanceledException()), Map);
        Assert.Equal(130, run.ExitCode);
        Assert.StartsWith("error INTERRUPTED: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map", "x")]
    [InlineData("map", "--out", "y")]
    [InlineData("map", "x", "--out", "y", "--members", "0")]
    [InlineData("map", "x", "--out", "y", "--b-max", "NaN")]
    [InlineData("map", "x", "--out", "y", "--scope", "volume")]
    [InlineData("map", "x", "--out", "y", "--method", "guessing")]
    [InlineData("map", "x", "--out", "y", "--workers", "0")]
    [InlineData("map", "x", "--out", "y", "--workers", "257")]
    [InlineData("map", "x", "--out", "y", "--members", "many")]
    [InlineData("map", "x", "--out", "y", "--json=perhaps")]
    [InlineData("map", "x", "--out", "y", "--seed", "-1")]
    [InlineData("map", "x", "--out", "y", "--no-such-option")]
    [InlineData("simulate", "--out", "y", "--snr", "abc")]
    [InlineData("simulate", "--out", "y", "--snr", "0")]
    [InlineData("simulate", "--out", "y", "--snr", "")]
    [InlineData("simulate", "--out", "y", "--shading", "x")]
    [InlineData("simulate", "--out", "y", "--shading", "0.95")]
    [InlineData("simulate", "--out", "y", "--size", "4", "x", "4")]
    [InlineData("simulate", "--out", "y", "--b-values", "0", "x")]
    [InlineData("mop")]
    public async Task A_command_line_that_makes_no_sense_is_one_line_and_2(params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(new RecordingRunner(RecordingRunner.Finished), arguments);
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Matches("^error USAGE: found .*; expected .*; run `ivim ((map|simulate) )?--help`\\.\n$", run.Error);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_text_in_place_of_a_number_is_named_in_plain_words()
    {
        var run = await ProgramRun.OfAsync("simulate", "--out", "y", "--snr", "abc");
        Assert.Contains("'abc' for option '--snr' as a number; ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_an_error_is_in_the_object_too()
    {
        var refusal = new RefusalException("MASK-EMPTY", "no voxel", "at least one", "give another mask");
        var run = await ProgramRun.OfAsync(new RecordingRunner(refusal), [.. Map, "--json"]);
        var error = JsonDocument.Parse(run.LastLine).RootElement.GetProperty("errors")[0];
        Assert.Equal("MASK-EMPTY", error.GetProperty("code").GetString());
        Assert.StartsWith("MASK-EMPTY: found", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_that_of_the_build()
    {
        var run = await ProgramRun.OfAsync("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    [Fact]
    public async Task Without_arguments_the_program_shows_its_help()
    {
        var runner = new RecordingRunner(RecordingRunner.Finished);
        Assert.Equal(await ProgramRun.OfAsync(runner, "--help"), await ProgramRun.OfAsync(runner));
    }

    [Fact]
    public async Task The_help_of_map_tells_the_values_and_the_defaults()
    {
        var run = await ProgramRun.OfAsync(new RecordingRunner(RecordingRunner.Finished), "map", "--help");
        string help = string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            ["ivimnet-optim, bayes, bayes-mrf or mrf-map", "auto, cpu or cuda", "default: one per processor", "BIDS",
                "or DICOM objects"],
            text => Assert.Contains(text, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_lists_the_commands_on_the_standard_output()
    {
        var run = await ProgramRun.OfAsync(new RecordingRunner(RecordingRunner.Finished), "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.All(["map", "simulate", "evaluate", "demo"],
            name => Assert.Contains(name, run.Output, StringComparison.Ordinal));
    }

    private static string ReportOf(ProgramRun run) =>
        run.Error[(run.Error.IndexOf("details: ", StringComparison.Ordinal) + 9)..].TrimEnd('\n', ')');

    private static async Task<string> TakeReportAsync(ProgramRun run)
    {
        string text = await File.ReadAllTextAsync(ReportOf(run));
        File.Delete(ReportOf(run));
        return text;
    }
}
