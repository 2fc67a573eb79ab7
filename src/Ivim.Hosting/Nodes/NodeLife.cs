using System.Diagnostics;

namespace Ivim.Hosting.Nodes;

/// <summary>
/// The life of a node's process: an actor system runs until the cluster ends it, then the next one starts, until the
/// process is asked to stop. What is at work meanwhile belongs to the process and goes on.
/// </summary>
/// <param name="start">Makes an actor system that joins the cluster; told why the one before ended.</param>
public sealed class NodeLife(
    Func<NodeEnd?, CancellationToken, Task<RunningNode>> start, NodeLog log, TimeSpan grace, TimeProvider clock)
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    /// <summary>Returns after an orderly end.</summary>
    /// <returns>Whether everything that was promised for the end was done within the grace time.</returns>
    /// <exception cref="Ivim.Physics.RefusalException">The first start was refused; no later one is.</exception>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        NodeEnd? last = null;
        var pause = new RestartPause();
        while (true)
        {
            var node = await StartAsync(last, stop);
            if (node is null) return true;
            long began = clock.GetTimestamp();
            var end = await UntilEndAsync(node, stop);
            if (end is null)
            {
                log.Say("asked to stop: giving work back and leaving the cluster");
                var sinceAsked = Stopwatch.StartNew();
                bool orderly = await node.DrainAndLeaveAsync(grace);
                log.Say($"stopped after {sinceAsked.ElapsedMilliseconds} ms");
                return orderly;
            }
            if (end is NodeEnd.WatchBroken) log.Warn(NodeFailure.Of(node.BrokenWatch!).Line);
            log.Warn($"left the cluster ({end}): joining afresh");
            if (end is NodeEnd.CertificateChanged) await node.LeaveAsync();
            else await node.EndAsync();
            last = end;
            // Whoever was not let in has waited long enough already.
            if (end is not NodeEnd.NotJoined) await PauseAsync(pause.After(clock.GetElapsedTime(began)), stop);
        }
    }

    /// <summary>A request to stop ends it; the start that follows hears of it too.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Null where the process was asked to stop before the start was over.</summary>
    private async Task<RunningNode?> StartAsync(NodeEnd? last, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                stop.ThrowIfCancellationRequested();
                return await start(last, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                log.Say("asked to stop before the start was over");
                return null;
            }
#pragma warning disable CA1031 // A node that once ran must come back by itself, whatever stands in its way now.
            catch (Exception e) when (last is not null)
#pragma warning restore CA1031
            {
                log.Warn($"cannot start again yet: {NodeFailure.Of(e).Line}");
                await Task.Delay(Breath, clock, CancellationToken.None);
            }
        }
    }

    private static async Task<NodeEnd?> UntilEndAsync(RunningNode node, CancellationToken stop)
    {
        try
        {
            return await node.Ended.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
