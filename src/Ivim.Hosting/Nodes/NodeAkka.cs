using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Ivim.Actors.Work;
using Ivim.Hosting.History;
using Ivim.Hosting.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivim.Hosting.Nodes;

/// <summary>What the actor systems of seeds and workers have in common.</summary>
internal static class NodeAkka
{
    /// <summary>An actor system that joins the cluster; its role adds what it holds.</summary>
    /// <param name="port">The configured one, or the free one that this process took first.</param>
    public static void AddNode(this IHostApplicationBuilder builder, NodeOptions options, NodeLog log,
        HistoryFile? history, int port, RemoteSecurity? security, Action<AkkaConfigurationBuilder> role)
    {
        var held = new HeldActorSystem();
        var hole = BlackHole.Of(options, port, log);
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddSingleton(options).AddSingleton(log).AddSingleton(held).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka(IvimAkka.SystemName, akka =>
        {
            akka.ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                    loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
                })
                .AddHocon(RemoteLimits.Hocon, HoconAddMode.Prepend)
                .AddHocon(NodeHocon.Of(options), HoconAddMode.Prepend)
                .WithIvimWire()
                .WithRemoting(remote => Remoting(remote, options, port))
                .WithClustering(Clustering(options, joinsLater: options.IsOneOfSeveralSeeds || hole is not null))
                .WithActors((system, _) =>
                {
                    held.System = system;
                    system.ActorOf(Props.Create(() => new MembershipLog(log)), "membership-log");
                    var studies = system.ActorOf(Props.Create(() => new StudyLog(log)), "study-log");
                    system.EventStream.Subscribe(studies, typeof(WorkFact));
                    history?.AttachTo(system);
                });
            if (security is not null) akka.WithRemoteSecurity(security);
            if (hole is not null) akka.AddHocon(BlackHole.Hocon, HoconAddMode.Prepend);
            role(akka);
            akka.AddStartup(async (system, _) =>
            {
                if (hole is not null) await hole.OpenAsync(system);
                Join(AkkaCluster.Get(system), options, isUnderTest: hole is not null);
            });
        });
    }

    /// <summary>
    /// A seed among several asks the others, itself the last, which never ends in a cluster of its own: whether it may
    /// found one is decided in the journal's database (<see cref="Membership.ClusterFounding"/>).
    /// </summary>
    private static void Join(AkkaCluster cluster, NodeOptions options, bool isUnderTest)
    {
        if (options.IsOneOfSeveralSeeds)
            cluster.JoinSeedNodes(options.Seeds.OrderBy(seed => seed == new SeedAddress(options.Host, options.Port))
                .Select(seed => Address.Parse(AddressOf(seed, options, isUnderTest))));
        else if (options.Seeds.IsEmpty) cluster.Join(cluster.SelfAddress);
        else if (isUnderTest)
            cluster.JoinSeedNodes(options.Seeds.Select(seed => Address.Parse(AddressOf(seed, options, isUnderTest))));
    }

    private static string AddressOf(SeedAddress seed, NodeOptions options, bool isUnderTest) => seed.AkkaAddress(
        isUnderTest ? BlackHole.Scheme
            : options.Tls is not null ? RemoteSecurity.Scheme : RemoteSecurity.PlainScheme);

    private static void Remoting(RemoteOptions remote, NodeOptions options, int port)
    {
        remote.HostName = options.Bind;
        remote.Port = port;
        remote.PublicHostName = options.Host;
    }

    private static ClusterOptions Clustering(NodeOptions options, bool joinsLater) => new()
    {
        Roles = [options.Role == NodeRoles.Seed ? IvimAkka.SeedRole : IvimAkka.WorkerRole],
        SeedNodes = joinsLater ? [] : [.. options.Seeds.Select(seed => AddressOf(seed, options, isUnderTest: false))],
    };

    /// <summary>Signals are the program's, not the host's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
