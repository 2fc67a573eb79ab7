using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Ivim.Actors.Stages;
using Ivim.Actors.Work;
using Ivim.Domain.Work;
using Ivim.Hosting.Journals;
using Ivim.Hosting.Submissions;
using Ivim.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivim.Hosting;

/// <summary>
/// A cluster of one node in this process: seed and workers together, with the journal in the work folder.
/// </summary>
public sealed class EmbeddedNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IHost _host;
    private readonly RunningStages _stages;

    private readonly WorkSlot[] _slots;

    private EmbeddedNode(IHost host, WorkFolder work, RunningStages stages, WorkSlot[] slots, string numericClass)
    {
        (_host, Work, _stages, _slots, NumericClass) = (host, work, stages, slots, numericClass);
        System = host.Services.GetRequiredService<ActorSystem>();
        Regions = StudyRegions.Of(host.Services.GetRequiredService<ActorRegistry>());
    }

    public ActorSystem System { get; }

    public StudyRegions Regions { get; }

    public WorkFolder Work { get; }

    /// <summary>What the workers' results are bit-comparable within.</summary>
    public string NumericClass { get; }

    /// <summary>
    /// Starts the node; what an earlier process left in the work folder goes on as soon as it is submitted again.
    /// </summary>
    /// <param name="work">Not disposed: it outlives the node.</param>
    public static async Task<EmbeddedNode> StartAsync(EmbeddedOptions options, WorkFolder work,
        CancellationToken cancellation)
    {
        var device = ComputeDevice.Resolve(options.Device);
        var numericClass = Learning.NumericClass.Describe(device);
        var journal = new SqliteJournal(work.Journal);
        journal.Initialise();
        var stages = new RunningStages();
        var startedAt = TimeProvider.System.GetUtcNow();
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / options.Workers;
        WorkSlot[] slots =
        [
            .. Enumerable.Range(0, options.Workers).Select(slot => new WorkSlot(
                new WorkerLabels($"embedded-{startedAt.ToUnixTimeMilliseconds()}-{slot}", numericClass,
                    ItemRecipes.Versions, options.Device, memory),
                stages.Counting(new StageRunner(work.Store, work.Dossiers, device))))
        ];
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(new LogFile(work.Log, TimeProvider.System));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAkka(IvimAkka.SystemName, akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
                loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
            })
            .AddHocon(journal.Hocon, HoconAddMode.Prepend)
            .AddHocon(EmbeddedHocon, HoconAddMode.Prepend)
            .WithIvimWire()
            .WithRemoting("127.0.0.1", 0)
            .WithClustering(new ClusterOptions { Roles = [IvimAkka.SeedRole, IvimAkka.WorkerRole] })
            .WithWorkQueue(QueueRules.For(options.LeaseTime), TimeProvider.System,
                NoObituaries.Instance)
            .WithStudies(rememberEntities: false)
            .WithWorkers(slots)
            .AddStartup((system, _) =>
            {
                var cluster = AkkaCluster.Get(system);
                cluster.Join(cluster.SelfAddress);
            }));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new EmbeddedNode(host, work, stages, slots, numericClass);
    }

    /// <summary>
    /// Ends the actor system without ceremony: whatever was acknowledged is on disk, the rest is done again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var ended = System.Terminate();
        foreach (var slot in _slots) slot.Stop();
        await Task.WhenAny(ended, Task.Delay(Patience));
        await Task.WhenAny(_stages.None, Task.Delay(Patience));
        _host.Dispose();
    }

    /// <summary>A cluster of one need not wait for gossip, and ends with its process.</summary>
    private const string EmbeddedHocon = """
        akka {
          remote.untrusted-mode = on
          coordinated-shutdown {
            run-by-actor-system-terminate = off
            run-by-clr-shutdown-hook = off
            exit-clr = off
          }
          cluster {
            run-coordinated-shutdown-when-down = off
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 1s
            singleton.hand-over-retry-interval = 200ms
            singleton-proxy.singleton-identification-interval = 100ms
            # The queue starts within a second or two; the proxy calls its first tries failures of half a minute.
            singleton-proxy.log-singleton-identification-failure = off
            sharding {
              distributed-data.durable.keys = []
              retry-interval = 200ms
              passivate-idle-entity-after = off
            }
          }
        }
        """;
}
