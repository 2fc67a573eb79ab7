namespace Ivim.Cli.LocalCluster;

/// <summary>`ivim cluster down`: ends the processes of a local cluster and no other, workers first.</summary>
internal sealed class ClusterDown(ClusterFolder folder, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a node may drain: the programs' own limit and a margin.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<DownReport> RunAsync(CancellationToken cancellation)
    {
        _ = folder.ReadExisting();
        using var held = await ClusterLock.TakeAsync(folder.LockFile, clock, cancellation);
        var state = folder.ReadExisting();
        var (ended, killed) = (0, 0);
        // The seeds take the workers' last reports, so they go after them.
        foreach (var role in (string[])[LocalNode.Worker, LocalNode.Seed])
        {
            var running = Running(state.Nodes.Where(node => node.Role == role));
            ended += running.Count;
            killed += await EndAsync(running, cancellation);
            state = ClusterState.Of(
                state.Settings, [.. state.Nodes.Select(node => node.Role == role ? node.WithoutProcess() : node)],
                node => ProcessTable.Find(node, folder) is not null, folder.LogOf);
            folder.Write(state);
        }
        return new DownReport(ended, killed);
    }

    /// <returns>How many did not end in time and were killed.</returns>
    private async Task<int> EndAsync(IReadOnlyList<LocalNode> running, CancellationToken cancellation)
    {
        foreach (var node in running) ProcessSignal.SendTerminate(node.Pid!.Value);
        var left = await WaitAsync(running, Grace, cancellation);
        foreach (var node in left) ProcessSignal.SendKill(node.Pid!.Value);
        await WaitAsync(left, Grace, cancellation);
        return left.Count;
    }

    private async Task<IReadOnlyList<LocalNode>> WaitAsync(
        IReadOnlyList<LocalNode> nodes, TimeSpan longest, CancellationToken cancellation)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            nodes = [.. nodes.Where(node => ProcessTable.Find(node, folder) is not null)];
            if (nodes.Count == 0 || clock.GetElapsedTime(began) > longest) return nodes;
            await Task.Delay(BetweenLooks, clock, cancellation);
        }
    }

    /// <summary>The nodes that run; also one that its `up` was killed before it could note.</summary>
    private List<LocalNode> Running(IEnumerable<LocalNode> nodes) =>
    [
        .. nodes.Select(node => ProcessTable.Find(node, folder) is not null ? node
                : ProcessTable.FindUnnoted(node, folder) is { } process ? node.WithProcess(process)
                : null)
            .OfType<LocalNode>(),
    ];
}

/// <param name="Ended">Processes that ran before.</param>
/// <param name="Killed">Those of them that did not end when they were asked to.</param>
internal sealed record DownReport(int Ended, int Killed);
