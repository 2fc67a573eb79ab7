using System.Diagnostics;
using Ivim.Cli.LocalCluster;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class ClusterDownTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Down_ends_these_processes_and_keeps_ports_and_token()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync();
        var (nodes, token) = (cluster.Nodes, File.ReadAllText(cluster.Folder.TokenFile));
        Assert.Equal(new DownReport(3, 0), await cluster.DownAsync(Ample));
        Assert.All(nodes, node => Assert.Null(ProcessTable.Find(node.Pid!.Value)));
        Assert.Empty(cluster.Folder.ReadExisting().Processes);
        Assert.Equal(nodes.Select(node => node.WithoutProcess()), cluster.Nodes);
        await cluster.UpAsync();
        Assert.Equal(nodes.Select(node => node.Address), cluster.Nodes.Select(node => node.Address));
        Assert.Equal(token, File.ReadAllText(cluster.Folder.TokenFile));
    }

    [Fact]
    public async Task Workers_end_before_seeds()
    {
        // Each notes its end; the worker takes longer, and the seed still ends after it.
        using var cluster = new StandInCluster(Noting("seed", "0"), Noting("worker", "0.3"));
        await cluster.UpAsync(new ClusterWishes { Seeds = 1, Workers = 1 });
        await HandleTerminate(cluster.Nodes);
        await cluster.DownAsync(Ample);
        Assert.Equal(["worker", "seed"], File.ReadAllLines(Path.Combine(cluster.Folder.Work, "ends")));
    }

    [Fact]
    public async Task Seeds_end_one_after_another_and_each_end_is_told()
    {
        // A seed that is asked while another one still ends would note its end first.
        using var cluster = new StandInCluster(
            seed: "while [ \"$1\" != --port ]; do shift; done\nport=$2\nwhile [ \"$1\" != --work ]; do shift; done\n"
                + "trap 'echo asked $port >>\"$2/ends\"; sleep 0.3; echo ended $port >>\"$2/ends\"; exit 0' TERM\n"
                + "while :; do sleep 0.1; done\n");
        await cluster.UpAsync(new ClusterWishes { Seeds = 2, Workers = 0 });
        var nodes = cluster.Nodes;
        await HandleTerminate(nodes);
        var told = new List<string>();
        var down = new ClusterDown(cluster.Folder, TimeProvider.System) { Grace = Ample, Say = told.Add };
        await down.RunAsync(CancellationToken.None);
        Assert.Equal(
            new[] { nodes[1], nodes[0] }.SelectMany(seed => new[] { $"asked {seed.Port}", $"ended {seed.Port}" }),
            File.ReadAllLines(Path.Combine(cluster.Folder.Work, "ends")));
        Assert.Equal(
            [$"seed-2 (process {nodes[1].Pid}) ended", $"seed-1 (process {nodes[0].Pid}) ended"], told);
    }

    [Fact]
    public async Task What_does_not_end_in_time_is_killed()
    {
        using var cluster = new StandInCluster(worker: "trap '' TERM\nwhile :; do sleep 0.1; done\n");
        await cluster.UpAsync();
        var nodes = cluster.Nodes;
        await HandleTerminate(nodes);
        Assert.Equal(new DownReport(3, 2), await cluster.DownAsync(TimeSpan.FromSeconds(2)));
        Assert.All(nodes, node => Assert.Null(ProcessTable.Find(node.Pid!.Value)));
    }

    [Fact]
    public async Task Another_process_is_left_alone_even_under_a_noted_id()
    {
        using var cluster = new StandInCluster();
        using var bystander = Process.Start("sleep", "60");
        await cluster.UpAsync();
        var state = cluster.Folder.ReadExisting();
        await cluster.KillAsync(state.Nodes[1]);
        var stolen = state.Nodes[1] with
        {
            Pid = bystander.Id, StartTicks = ProcessTable.Find(bystander.Id)!.Identity.StartTicks,
        };
        cluster.Folder.Write(state with { Nodes = [state.Nodes[0], stolen, state.Nodes[2]] });
        Assert.Equal(new DownReport(2, 0), await cluster.DownAsync(Ample));
        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    [Fact]
    public async Task A_second_down_has_nothing_to_do()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync();
        await cluster.DownAsync(Ample);
        Assert.Equal(new DownReport(0, 0), await cluster.DownAsync(Ample));
    }

    private static string Noting(string role, string seconds) =>
        "while [ \"$1\" != --work ]; do shift; done\n"
        + $"trap 'sleep {seconds}; echo {role} >>\"$2/ends\"; exit 0' TERM\nwhile :; do sleep 0.1; done\n";

    /// <summary>A script that has only just started has set no trap yet, and would end without a word.</summary>
    private static async Task HandleTerminate(IEnumerable<LocalNode> nodes)
    {
        using var limit = new CancellationTokenSource(Ample);
        while (!nodes.All(node => HandlesTerminate(node.Pid!.Value))) await Task.Delay(10, limit.Token);
    }

    /// <summary>Whether the process catches or ignores the signal (proc_pid_status(5)).</summary>
    private static bool HandlesTerminate(int pid)
    {
        const ulong Terminate = 1UL << (15 - 1);
        return File.ReadLines($"/proc/{pid}/status")
            .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)
                || line.StartsWith("SigCgt:", StringComparison.Ordinal))
            .Any(line => (Convert.ToUInt64(line[8..], 16) & Terminate) != 0);
    }
}
