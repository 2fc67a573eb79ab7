using System.Diagnostics;
using Ivim.Actors.Work;
using Ivim.Hosting.Crashes;

namespace Ivim.Hosting.Tests.Crashes;

/// <summary>Real processes that really die, and what is known of it afterwards.</summary>
public sealed class RealCrashTests
{
    [Theory]
    [InlineData("exception", "System.InvalidOperationException")]
    [InlineData("fail-fast", null)]
    [InlineData("segmentation fault", null)]
    [InlineData("stack overflow", null)]
    public void A_crash_leaves_evidence_without_a_path(string way, string? kind)
    {
        using var work = new TemporaryFolder();
        Die(way, work.Path, "host-1-a");
        var reports = CrashReports.In(work.Path, TimeProvider.System);
        Assert.Equal(WorkerEnd.Crashed, reports.CauseOf("host-1-a-0"));
        Assert.Equal(WorkerEnd.Crashed, reports.CauseOf("host-1-a-1"));
        Assert.Equal(WorkerEnd.Silent, reports.CauseOf("host-1-b-0"));
        var shown = reports.KindOf("host-1-a-0");
        Assert.NotNull(shown);
        Assert.DoesNotContain('/', shown);
        if (kind is not null) Assert.Equal(kind, shown);
    }

    [Theory]
    [InlineData("kill -9")]
    [InlineData("exit")]
    public void A_process_that_was_killed_or_ended_leaves_none(string way)
    {
        using var work = new TemporaryFolder();
        Die(way, work.Path, "host-1-a");
        Assert.Equal(WorkerEnd.Silent, CrashReports.In(work.Path, TimeProvider.System).CauseOf("host-1-a-0"));
        Assert.Single(Directory.GetFiles(work["crashes"], "*.node"));
    }

    /// <summary>The program itself does not matter: the hook runs before its first line.</summary>
    private static void Die(string way, string work, string node)
    {
        var assembly = typeof(RealCrashTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in CrashReports.Environment(work)) start.Environment[name] = value;
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment[StartupHook.Way] = way;
        start.Environment[StartupHook.Node] = node;
        start.Environment[StartupHook.Work] = work;
        using var process = Process.Start(start)!;
        var words = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "it should have died");
        Assert.True(way == "exit" == (process.ExitCode == 0), string.Join('\n', words.Result));
    }
}
