using System.Text.Json;
using Ivim.Cli.CommandLine;
using Ivim.Cli.LocalCluster;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class ClusterCommandTests
{
    [Theory]
    [InlineData("up")]
    [InlineData("up", "--work", "x", "--seeds", "0")]
    [InlineData("up", "--work", "x", "--timings", "fast")]
    [InlineData("up", "--work", "x", "--journal", "mysql://root:canary@host/ivim")]
    [InlineData("up", "--work", "x", "--journal", "sqlite", "--journal-file", "y")]
    [InlineData("ps")]
    [InlineData("down", "--work")]
    public async Task A_command_line_that_makes_no_sense_is_one_line_that_names_the_help(params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(["cluster", .. arguments]);
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Matches(
            $"^error USAGE: found .*; expected .*; run `ivim cluster {arguments[0]} --help`\\.\n$", run.Error);
        Assert.DoesNotContain("canary", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ps")]
    [InlineData("down")]
    public async Task Where_no_cluster_was_started_it_says_so(string command)
    {
        using var folder = new TemporaryFolder();
        var run = await ProgramRun.OfAsync("cluster", command, "--work", folder.Path);
        Assert.Equal((int)ExitCode.BadInput, run.ExitCode);
        Assert.StartsWith("error CLUSTER-MISSING: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ps_tells_who_runs_and_by_its_exit_code_that_one_is_dead()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync();
        string[] ps = ["cluster", "ps", "--work", cluster.Folder.Work];
        var all = await ProgramRun.OfAsync([.. ps, "--json"]);
        Assert.Equal(0, all.ExitCode);
        var process = JsonDocument.Parse(all.LastLine).RootElement.GetProperty("processes")[0];
        Assert.Equal(cluster.Nodes[0].Pid, process.GetProperty("pid").GetInt32());
        Assert.Equal("running", process.GetProperty("state").GetString());
        Assert.True(process.GetProperty("residentBytes").GetInt64() > 0);
        var since = process.GetProperty("since").GetDateTimeOffset();
        // Boot time is told in whole seconds; a clock set since boot moves it by as much.
        Assert.InRange(TimeProvider.System.GetUtcNow() - since, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(5));
        await cluster.KillAsync(cluster.Nodes[2]);
        var some = await ProgramRun.OfAsync(ps);
        Assert.Equal(1, some.ExitCode);
        string[] lines = some.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Matches($@"^{cluster.Nodes[2].Pid} +worker +{cluster.Nodes[2].Address} +dead +- +- +-$", lines[3]);
        Assert.Matches(" running +20..-..-..T..:..:..Z +[0-9.]+ +[0-9]+$", lines[1]);
    }

    [Fact]
    public async Task Ps_notes_the_address_of_the_next_seed_when_the_first_has_died()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync(new ClusterWishes { Seeds = 2, Workers = 0 });
        await cluster.KillAsync(cluster.Nodes[0]);
        await ProgramRun.OfAsync("cluster", "ps", "--work", cluster.Folder.Work);
        Assert.Equal(cluster.Nodes[1].ApiUrl, cluster.Folder.ReadExisting().Url);
    }
}
