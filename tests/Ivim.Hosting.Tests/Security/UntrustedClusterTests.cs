using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Ivim.Actors;
using Ivim.Actors.Studies;
using Ivim.Actors.Work;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Ivim.Hosting.Tests.Security;

/// <summary>The cluster's own protocols pass untrusted mode and mutual TLS: joining, singleton, sharding.</summary>
public sealed class UntrustedClusterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Two_seeds_share_the_queue_and_the_studies()
    {
        using var first = await Start("first");
        using var second = await Start("second");
        var system = first.Services.GetRequiredService<ActorSystem>();
        var other = second.Services.GetRequiredService<ActorSystem>();
        foreach (var each in (ActorSystem[])[system, other])
            await AkkaCluster.Get(each).JoinAsync(AkkaCluster.Get(system).SelfAddress).WaitAsync(Patience);
        var registry = second.Services.GetRequiredService<ActorRegistry>();
        Assert.NotNull(await Answer(registry.Get<WorkQueueActor>(), new QueueQuery.Load()));
        for (int number = 0; number < 12; number++)
            Assert.NotNull(await Answer(registry.Get<StudyActor>(),
                new StudyQuery.Progress(new StudyId($"st-{number}"))));
        await first.StopAsync();
        await second.StopAsync();
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>What is lost while the shards settle is asked again.</summary>
    private static async Task<object> Answer(IActorRef actor, object question)
    {
        using var enough = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await actor.Ask(question, TimeSpan.FromSeconds(3));
            }
            catch (AskTimeoutException) when (!enough.IsCancellationRequested)
            {
            }
        }
    }

    private async Task<IHost> Start(string name)
    {
        var security = RemoteSecurity.Load(_authority.Issue(_folder[name]), "ivim", TimeProvider.System);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(IvimAkka.SystemName, akka => akka
            .AddHocon("""
                akka {
                  loglevel = WARNING
                  cluster.sharding.distributed-data.durable.keys = []
                  coordinated-shutdown.run-by-clr-shutdown-hook = off
                }
                """, HoconAddMode.Prepend)
            .AddHocon(RemoteLimits.Hocon, HoconAddMode.Prepend)
            .WithIvimWire()
            .WithRemoting("127.0.0.1", 0)
            .WithRemoteSecurity(security)
            .WithClustering(new ClusterOptions { Roles = [IvimAkka.SeedRole] })
            .WithSingleton<WorkQueueActor>("work-queue", Props.Create(() => new Mirror()),
                new ClusterSingletonOptions { Role = IvimAkka.SeedRole })
            .WithShardRegion<StudyActor>("study", _ => Props.Create(() => new Mirror()), new StudyExtractor(),
                new ShardOptions { Role = IvimAkka.SeedRole, StateStoreMode = StateStoreMode.DData }));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class Mirror : ReceiveActor
    {
        public Mirror() => ReceiveAny(message => Sender.Tell(message));
    }
}
