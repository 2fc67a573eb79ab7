using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>`ivim cluster up`: starts the nodes that do not run, and waits until all have joined.</summary>
internal sealed class ClusterUp(ClusterFolder folder, NodePrograms programs, HttpClient http, TimeProvider clock)
{
    /// <summary>A node whose port another program took between the choice and the start gets another one.</summary>
    private const int MostAttempts = 3;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the nodes may take to join.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Hears now and then how many nodes have joined, and of how many.</summary>
    public Action<int, int> Waiting { get; init; } = (_, _) => { };

    /// <returns>How many processes were started.</returns>
    /// <exception cref="RefusalException">A code of section "Local cluster" in docs/errors.md.</exception>
    public async Task<int> RunAsync(ClusterWishes wishes, CancellationToken cancellation)
    {
        folder.Make();
        using var held = await ClusterLock.TakeAsync(folder.LockFile, clock, cancellation);
        using var starter = new NodeStarter(folder, programs);
        var before = folder.Read();
        var known = starter.Found(before?.Nodes ?? []);
        bool anyRuns = known.Any(starter.IsAlive);
        var journal = new JournalChoice(folder, wishes);
        var settings = ClusterPlan.Settings(before?.Settings, wishes, journal.File, anyRuns);
        journal.Keep(anyRuns);
        SecretFile.MakeToken(folder.TokenFile);
        var ports = new FreePorts(folder.Work);
        var nodes = ClusterPlan.Nodes(known, settings, ports);
        await StartAllAsync(nodes, settings, ports, starter, cancellation);
        return starter.Started;
    }

    private async Task StartAllAsync(
        IReadOnlyList<LocalNode> nodes, ClusterSettings settings, FreePorts ports, NodeStarter starter,
        CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            nodes = ClusterPlan.OnFreePorts(nodes, starter.IsAlive, ports);
            nodes = starter.StartMissing(nodes, settings);
            if (await FirstEndedAsync(nodes, starter, cancellation) is not { } ended) return;
            bool lostItsPort = !ports.IsFree(ended.Port) || (ended.ApiPort is { } api && !ports.IsFree(api));
            if (attempt == MostAttempts || !lostItsPort) throw Failed(starter.EndOf(ended), ended);
        }
    }

    /// <returns>The first node that ended while it was waited for; null when all have joined.</returns>
    private async Task<LocalNode?> FirstEndedAsync(
        IReadOnlyList<LocalNode> nodes, NodeStarter starter, CancellationToken cancellation)
    {
        var watch = new ClusterWatch(http, folder);
        long began = clock.GetTimestamp();
        while (true)
        {
            if (nodes.FirstOrDefault(node => !starter.IsAlive(node)) is { } ended) return ended;
            var missing = await watch.NotJoinedAsync(nodes, cancellation);
            if (missing.Count == 0) return null;
            Waiting(nodes.Count - missing.Count, nodes.Count);
            if (clock.GetElapsedTime(began) > Patience) throw NotJoined(missing[0]);
            await Task.Delay(BetweenLooks, clock, cancellation);
        }
    }

    private RefusalException Failed(string end, LocalNode node) =>
        new("NODE-FAILED", $"NODE-FAILED: found {end}; expected it to join; its log is {folder.LogOf(node)}");

    private RefusalException NotJoined(LocalNode node) =>
        new("NODE-NOT-JOINED",
            $"NODE-NOT-JOINED: found {node.Name} running but no member of the cluster after {Patience.TotalSeconds} s; "
            + $"expected it to join; its log is {folder.LogOf(node)}");
}
