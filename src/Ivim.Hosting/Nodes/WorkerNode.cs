using Ivim.Actors.Stages;
using Ivim.Learning;
using Microsoft.Extensions.Hosting;

namespace Ivim.Hosting.Nodes;

/// <summary>A node that does the work: one slot per core or GPU. It never touches the journal.</summary>
public sealed class WorkerNode
{
    private readonly NodeOptions _options;
    private readonly WorkFolder _work;
    private readonly NodeLog _log;
    private readonly ComputeDevice _device;
    private readonly RunningStages _stages = new();
    private int _port;

    /// <exception cref="Ivim.Physics.RefusalException">DEVICE-NO-CUDA, TORCH-UNAVAILABLE.</exception>
    public WorkerNode(NodeOptions options, WorkFolder work, NodeLog log)
    {
        (_options, _work, _log, _port) = (options, work, log, options.Port);
        _device = ComputeDevice.Resolve(options.Device);
    }

    public async Task<RunningNode> StartAsync(NodeEnd? last, CancellationToken cancellation)
    {
        var node = await RunningNode.StartAsync(Host(last), DrainAsync, cancellation);
        var cluster = AkkaCluster.Get(node.System);
        _port = cluster.SelfAddress.Port ?? _port;
        node.EndWith(NodeEnd.CutOff, watching =>
            SeedsInSight.UntilCutOffAsync(cluster, _options.CutOff, TimeProvider.System, watching));
        // CERTIFICATE: node.EndWith(NodeEnd.CertificateChanged, ...)
        _log.Say($"worker {_options.Host}:{_port} runs");
        return node;
    }

    private IHost Host(NodeEnd? last)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        int slots = _options.Slots ?? (_device.IsCuda ? 1 : Environment.ProcessorCount);
        builder.AddNode(_options, _log, _port, last, akka => akka
            .WithWorkQueueProxy()
            .WithStudyProxies()
            .WithWorkers(slots, NodeName.OfThisProcess, NumericClass.Describe(_device),
                () => _stages.Counting(new StageRunner(_work.Store, _work.Dossiers, _device))));
        return builder.Build();
    }

    private Task DrainAsync(CancellationToken cancellation) => _stages.None.WaitAsync(cancellation);
}
