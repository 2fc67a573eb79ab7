using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Ivim.Cli.LocalCluster;
using Ivim.Physics;

namespace Ivim.Cli.Tests.LocalCluster;

[SupportedOSPlatform("linux")]
public sealed class ClusterUpTests
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Up_again_starts_exactly_what_is_missing_at_the_same_address()
    {
        using var cluster = new StandInCluster();
        Assert.Equal(3, await cluster.UpAsync());
        var first = cluster.Nodes;
        var token = File.ReadAllText(cluster.Folder.TokenFile);
        Assert.All(first, node => Assert.True(cluster.IsAlive(node)));
        Assert.Equal(0, await cluster.UpAsync());
        await cluster.KillAsync(first[1]);
        Assert.Equal(1, await cluster.UpAsync());
        var second = cluster.Nodes;
        Assert.Equal([first[0], first[2]], [second[0], second[2]]);
        Assert.Equal(first[1].Address, second[1].Address);
        Assert.NotEqual(first[1].Pid, second[1].Pid);
        Assert.Equal(token, File.ReadAllText(cluster.Folder.TokenFile));
    }

    [Fact]
    public async Task A_process_that_got_the_id_of_a_dead_one_is_not_taken_for_it()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync();
        var state = cluster.Folder.ReadExisting();
        var reused = state.Nodes[2] with { Pid = Environment.ProcessId };
        await cluster.KillAsync(state.Nodes[2]);
        cluster.Folder.Write(state with { Nodes = [state.Nodes[0], state.Nodes[1], reused] });
        Assert.False(cluster.IsAlive(reused));
        Assert.False(ClusterStatus.Read(cluster.Folder).AllRun);
        Assert.Equal(1, await cluster.UpAsync());
        Assert.True((await cluster.DownAsync(TimeSpan.FromSeconds(30))).Ended == 3);
    }

    [Fact]
    public async Task A_node_that_was_started_but_never_noted_is_found_again()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync();
        var state = cluster.Folder.ReadExisting();
        cluster.Folder.Write(state with { Nodes = [.. state.Nodes.Select(node => node.WithoutProcess())] });
        // A real node listens: its own port must not look like one that another program took.
        var listening = state.Nodes.Select(node => new TcpListener(IPAddress.Loopback, node.Port)).ToList();
        listening.ForEach(listener => listener.Start());
        Assert.Equal(0, await cluster.UpAsync());
        listening.ForEach(listener => listener.Dispose());
        Assert.Equal(state.Nodes, cluster.Nodes);
    }

    [Fact]
    public async Task The_places_of_all_nodes_are_noted_before_the_first_one_starts()
    {
        using var cluster = new StandInCluster(seed: """
            while [ "$1" != --work ]; do shift; done
            cp "$2/cluster.json" "$2/seen.tmp"; mv "$2/seen.tmp" "$2/seen"

            """ + StandInCluster.Obeys);
        await cluster.UpAsync();
        var seen = Path.Combine(cluster.Folder.Work, "seen");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!File.Exists(seen)) await Task.Delay(10, limit.Token);
        Assert.Equal(
            cluster.Nodes.Select(node => node.WithoutProcess()),
            ClusterState.FromJson(File.ReadAllBytes(seen)).Nodes.Select(node => node.WithoutProcess()));
    }

    [Fact]
    public async Task Workers_are_added_to_those_that_run()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync(new ClusterWishes { Seeds = 1, Workers = 1 });
        var before = cluster.Nodes;
        Assert.Equal(1, await cluster.UpAsync(new ClusterWishes { Workers = 2 }));
        Assert.Equal(before, cluster.Nodes.Take(2));
    }

    [Fact]
    public async Task Of_two_at_once_one_waits_and_finds_the_work_done()
    {
        using var cluster = new StandInCluster();
        int[] started = await Task.WhenAll(cluster.UpAsync(), cluster.UpAsync());
        Assert.Equal([0, 3], started.Order());
    }

    [Fact]
    public async Task A_node_that_ends_is_named_with_its_log_and_what_it_said()
    {
        const string Says = "echo starting\necho 'error NODE-SETTING: found x; expected y; do z.' >&2\nexit 3\n";
        using var cluster = new StandInCluster(worker: Says) { NeverJoins = "worker-1" };
        // Of two such workers either may be seen first.
        var refusal = await Assert.ThrowsAsync<RefusalException>(
            () => cluster.UpAsync(new ClusterWishes { Seeds = 1, Workers = 1 }));
        Assert.Equal("NODE-FAILED", refusal.Code);
        Assert.Equal(
            "NODE-FAILED: found worker-1 ended with exit code 3 before it joined, saying NODE-SETTING: found x; "
            + $"expected y; do z.; expected it to join; its log is {cluster.Folder.LogOf(cluster.Nodes[1])}",
            refusal.Message);
    }

    [Fact]
    public async Task A_node_that_does_not_join_is_named_with_its_log()
    {
        using var cluster = new StandInCluster();
        await cluster.UpAsync(new ClusterWishes { Workers = 1 });
        using var deaf = new HttpClient(new NobodyAnswers());
        var up = new ClusterUp(cluster.Folder, cluster.Programs, deaf, TimeProvider.System)
        {
            Patience = TimeSpan.Zero,
        };
        var refusal = await Assert.ThrowsAsync<RefusalException>(
            () => up.RunAsync(new ClusterWishes(), CancellationToken.None));
        Assert.Equal("NODE-NOT-JOINED", refusal.Code);
        Assert.Contains(cluster.Folder.LogOf(cluster.Nodes[0]), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_lie_in_files_of_the_owner_and_nowhere_else()
    {
        const string Url = "postgres://ivim:canary@127.0.0.1:5432/ivim";
        using var cluster = new StandInCluster();
        await cluster.UpAsync(new ClusterWishes { Journal = Url });
        Assert.Equal(Url, File.ReadAllText(cluster.Folder.JournalUrlFile));
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(cluster.Folder.JournalUrlFile));
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(cluster.Folder.TokenFile));
        Assert.Matches("^[0-9a-f]{64}$", File.ReadAllText(cluster.Folder.TokenFile));
        string[] visible =
        [
            File.ReadAllText(cluster.Folder.StateFile),
            .. cluster.Nodes.Select(node => File.ReadAllText($"/proc/{node.Pid}/cmdline")),
        ];
        Assert.All(visible, text => Assert.DoesNotContain("canary", text, StringComparison.Ordinal));
        Assert.Contains(cluster.Folder.JournalUrlFile, visible[1], StringComparison.Ordinal);
        var other = new ClusterWishes { Journal = "postgres://127.0.0.1/other" };
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => cluster.UpAsync(other));
        Assert.Equal("CLUSTER-DIFFERS", refusal.Code);
        Assert.Equal(Url, File.ReadAllText(cluster.Folder.JournalUrlFile));
    }

    private sealed class NobodyAnswers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("connection refused");
    }
}
