using Akka.Actor;
using Ivim.Actors.Stages;
using Ivim.Actors.Work;
using Ivim.Domain.Work;
using Ivim.Hosting.Crashes;
using Ivim.Hosting.History;
using Ivim.Hosting.Membership;
using Ivim.Hosting.Security;
using Ivim.Learning;
using Microsoft.Extensions.Hosting;

namespace Ivim.Hosting.Nodes;

/// <summary>A node that does the work: one slot per core or GPU. It never touches the journal.</summary>
/// <remarks>The slots are the process's: an actor system that ends leaves them at work for the next one.</remarks>
public sealed class WorkerNode
{
    private static readonly TimeSpan ObeyTime = TimeSpan.FromSeconds(5);

    private readonly NodeOptions _options;
    private readonly NodeLog _log;
    private readonly HistoryFile? _history;
    private readonly RunningStages _stages = new();
    private readonly WorkSlot[] _slots;
    private int _port;

    /// <exception cref="Ivim.Physics.RefusalException">DEVICE-NO-CUDA, TORCH-UNAVAILABLE.</exception>
    public WorkerNode(NodeOptions options, WorkFolder work, NodeLog log, HistoryFile? history)
    {
        (_options, _log, _history, _port) = (options, log, history, options.Port);
        var device = ComputeDevice.Resolve(options.Device);
        int count = options.Slots ?? (device.IsCuda ? 1 : Environment.ProcessorCount);
        long memory = options.SlotMemoryBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / count;
        CrashReports.In(work.Root, TimeProvider.System).NoteStart(NodeName.OfThisProcess);
        var numericClass = NumericClass.Describe(device);
        _slots =
        [
            .. Enumerable.Range(0, count).Select(slot => new WorkSlot(
                new WorkerLabels($"{NodeName.OfThisProcess}-{slot}", numericClass, ItemRecipes.Versions,
                    device.IsCuda ? "cuda" : "cpu", memory),
                _stages.Counting(new StageRunner(work.Store, work.Dossiers, device)))),
        ];
        log.Say($"{count} slots, numeric class {numericClass}");
    }

    public async Task<RunningNode> StartAsync(NodeEnd? last, CancellationToken cancellation)
    {
        var tls = new NodeTls(_options, _log);
        var node = await RunningNode.StartAsync(Host(tls.Security), DrainAsync, cancellation);
        var cluster = AkkaCluster.Get(node.System);
        _port = cluster.SelfAddress.Port ?? _port;
        node.EndWith(NodeEnd.CutOff, watching =>
            SeedsInSight.UntilCutOffAsync(cluster, _options.CutOff, TimeProvider.System, watching));
        node.EndWith(NodeEnd.NotJoined, watching =>
            SeedsInSight.UntilNotJoinedAsync(cluster, _options.JoinPatience, TimeProvider.System, watching));
        tls.Watch(node);
        _log.Say($"worker {_options.Host}:{_port} runs");
        return node;
    }

    /// <summary>
    /// Before the process goes, whatever state its actor system is in: a thread that is inside libtorch then can crash
    /// the process.
    /// </summary>
    public async Task StopWorkAsync()
    {
        foreach (var slot in _slots) slot.Stop();
        await Task.WhenAny(_stages.None, Task.Delay(ObeyTime, TimeProvider.System));
    }

    private IHost Host(RemoteSecurity? security)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings());
        builder.AddNode(_options, _log, _history, _port, security, akka => akka
            .WithWorkerDowning()
            .WithWorkQueueProxy()
            .WithStudyProxies()
            .WithWorkers(_slots));
        return builder.Build();
    }

    private async Task DrainAsync(ActorSystem system, CancellationToken cancellation)
    {
        var drained = Enumerable.Range(0, _slots.Length).Select(slot =>
            system.ActorSelection($"/user/worker-{slot}").Ask<Drained>(new Drain(), cancellation));
        await Task.WhenAll(drained);
        await _stages.None.WaitAsync(cancellation);
    }
}
