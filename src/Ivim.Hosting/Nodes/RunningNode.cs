using Akka.Actor;
using Akka.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivim.Hosting.Nodes;

/// <summary>One actor system of a node, with the host around it, from its start to its end.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8), Rest = TimeSpan.FromSeconds(3);

    /// <summary>Kept of the grace time for leaving the cluster and ending, after the work was given back.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10), LeaveTime = TimeSpan.FromSeconds(6);

    private readonly IHost _host;
    private readonly Func<ActorSystem, CancellationToken, Task>? _drain;
    private readonly TaskCompletionSource<NodeEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _watching = new();

    private RunningNode(IHost host, Func<ActorSystem, CancellationToken, Task>? drain)
    {
        (_host, _drain) = (host, drain);
        System = host.Services.GetRequiredService<ActorSystem>();
    }

    public ActorSystem System { get; }

    /// <summary>Completes when this actor system is of no use any more.</summary>
    public Task<NodeEnd> Ended => _ended.Task;

    /// <param name="host">Not started yet; disposed here.</param>
    /// <param name="drain">Gives work back; cancelled when the time for it is over.</param>
    public static async Task<RunningNode> StartAsync(IHost host,
        Func<ActorSystem, CancellationToken, Task>? drain, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
        catch
        {
            await DisposeUnstartedAsync(host);
            throw;
        }
        var node = new RunningNode(host, drain);
        node.Listen();
        return node;
    }

    /// <summary>Why it ended, where that was <see cref="NodeEnd.WatchBroken"/>.</summary>
    public Exception? BrokenWatch { get; private set; }

    /// <summary>Ends this actor system, for the given reason, when the task completes.</summary>
    public void EndWith(NodeEnd reason, Func<CancellationToken, Task> watch) =>
        _ = Task.Run(async () =>
        {
            try
            {
                await watch(_watching.Token);
                _ended.TrySetResult(reason);
            }
            catch (OperationCanceledException) when (_watching.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // Nobody awaits it: unheard, the node would go on without this watch.
            catch (Exception broken)
#pragma warning restore CA1031
            {
                BrokenWatch = broken;
                _ended.TrySetResult(NodeEnd.WatchBroken);
            }
        });

    /// <summary>Gives the work back, leaves the cluster, ends.</summary>
    /// <returns>Whether all of it was done in time.</returns>
    public async Task<bool> DrainAndLeaveAsync(TimeSpan grace)
    {
        await _watching.CancelAsync();
        bool drained = await DrainAsync(grace > 2 * Kept ? grace - Kept : grace / 2);
        return await LeaveAsync() && drained;
    }

    /// <summary>Leaves the cluster in order; what is at work goes on.</summary>
    public async Task<bool> LeaveAsync()
    {
        await _watching.CancelAsync();
        using var deadline = new CancellationTokenSource(LeaveTime);
        bool left = await TryAsync(_host.StopAsync(deadline.Token), LeaveTime);
        if (!left) await TryAsync(System.Terminate(), Rest);
        await DisposeAsync();
        return left;
    }

    /// <summary>Ends without ceremony: nobody is there to say goodbye to.</summary>
    public async Task EndAsync()
    {
        await _watching.CancelAsync();
        await TryAsync(System.Terminate(), Patience);
        using var deadline = new CancellationTokenSource(Rest);
        await TryAsync(_host.StopAsync(deadline.Token), Rest);
        await DisposeAsync();
    }

    private void Listen()
    {
        AkkaCluster.Get(System).RegisterOnMemberRemoved(() => _ended.TrySetResult(NodeEnd.Removed));
        System.WhenTerminated.ContinueWith(_ => _ended.TrySetResult(NodeEnd.Terminated), TaskScheduler.Default);
        var listener = System.ActorOf(Props.Create(() => new QuarantineListener(_ended)), "quarantine-listener");
        System.EventStream.Subscribe(listener, typeof(ThisActorSystemQuarantinedEvent));
    }

    private async Task<bool> DrainAsync(TimeSpan time)
    {
        if (_drain is null) return true;
        using var deadline = new CancellationTokenSource(time);
        return await TryAsync(_drain(System, deadline.Token), time);
    }

    /// <summary>Disposing an actor system's container can wait for the system; the process does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _watching.Dispose();
        await TryAsync(Task.Run(_host.Dispose), Rest);
    }

    private static async Task DisposeUnstartedAsync(IHost host)
    {
        if (host.Services.GetService<HeldActorSystem>() is { System: { } system })
            await TryAsync(system.Terminate(), Patience);
        await TryAsync(Task.Run(host.Dispose), Rest);
    }

    private static async Task<bool> TryAsync(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time);
            return true;
        }
#pragma warning disable CA1031 // An end that goes wrong is still an end.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>Another node will never talk to this actor system again: only a new one can join.</summary>
    private sealed class QuarantineListener : ReceiveActor
    {
        public QuarantineListener(TaskCompletionSource<NodeEnd> ended) =>
            Receive<ThisActorSystemQuarantinedEvent>(_ => ended.TrySetResult(NodeEnd.Removed));
    }
}

/// <summary>Filled as soon as the actor system exists, so that a start that fails half-way can end it.</summary>
internal sealed class HeldActorSystem
{
    public ActorSystem? System { get; set; }
}
