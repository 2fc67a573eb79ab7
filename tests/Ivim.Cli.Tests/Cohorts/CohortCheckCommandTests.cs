using System.Text.Json;

namespace Ivim.Cli.Tests.Cohorts;

public sealed class CohortCheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_manifest_that_is_sound_is_counted_by_centre_and_one_that_is_not_ends_with_3()
    {
        await SimulateAsync("s1");
        await SimulateAsync("s2");
        var good = Write("good.csv", "s1", "s2");
        var run = await ProgramRun.OfAsync("cohort", "check", good);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("2 studies can be mapped", run.Output, StringComparison.Ordinal);

        var bad = Write("bad.csv", "s1", "s3");
        run = await ProgramRun.OfAsync("cohort", "check", bad, "--json");
        Assert.Equal(3, run.ExitCode);
        using var report = JsonDocument.Parse(run.LastLine);
        var finding = Assert.Single(report.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal((2, "FILE-MISSING"),
            (finding.GetProperty("entry").GetInt32(), finding.GetProperty("code").GetString()));
    }

    private async Task SimulateAsync(string name)
    {
        var run = await ProgramRun.OfAsync(
            "simulate", "--out", _folder[name], "--size", "6", "6", "2", "--seed", name[1..]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private string Write(string manifest, params string[] scans)
    {
        string[] lines = [.. scans.Select((scan, index) =>
            $"A,person {index},{scan}/{Path.GetFileName(Images(scan).FirstOrDefault() ?? "none.nii.gz")}")];
        File.WriteAllLines(_folder[manifest], lines.Prepend("centre,subject,image"));
        return _folder[manifest];
    }

    private IEnumerable<string> Images(string scan) => Directory.Exists(_folder[scan])
        ? Directory.EnumerateFiles(_folder[scan], "*_dwi.nii.gz") : [];
}
