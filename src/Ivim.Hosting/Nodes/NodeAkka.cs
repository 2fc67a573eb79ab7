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
        HistoryFile? history, int port, NodeEnd? last, RemoteSecurity? security, Action<AkkaConfigurationBuilder> role)
    {
        var held = new HeldActorSystem();
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
                .WithClustering(Clustering(options, last))
                .WithActors((system, _) =>
                {
                    held.System = system;
                    system.ActorOf(Props.Create(() => new MembershipLog(log)), "membership-log");
                    var studies = system.ActorOf(Props.Create(() => new StudyLog(log)), "study-log");
                    system.EventStream.Subscribe(studies, typeof(WorkFact));
                    history?.AttachTo(system);
                });
            if (security is not null) akka.WithRemoteSecurity(security);
            role(akka);
            if (options.Seeds.IsEmpty)
            {
                akka.AddStartup((system, _) =>
                {
                    var cluster = AkkaCluster.Get(system);
                    cluster.Join(cluster.SelfAddress);
                });
            }
        });
    }

    private static void Remoting(RemoteOptions remote, NodeOptions options, int port)
    {
        remote.HostName = options.Bind;
        remote.Port = port;
        remote.PublicHostName = options.Host;
    }

    private static ClusterOptions Clustering(NodeOptions options, NodeEnd? last) => new()
    {
        Roles = [options.Role == NodeRoles.Seed ? IvimAkka.SeedRole : IvimAkka.WorkerRole],
        SeedNodes = [.. SeedsInOrder(options, last).Select(seed => seed.AkkaAddress(hasTls: options.Tls is not null))],
    };

    /// <summary>
    /// A first seed that the others took out must find them again, not start a cluster beside theirs: it puts itself
    /// last.
    /// </summary>
    private static IEnumerable<SeedAddress> SeedsInOrder(NodeOptions options, NodeEnd? last)
    {
        var self = new SeedAddress(options.Host, options.Port);
        return last is NodeEnd.Removed && options.Seeds.Length > 1
            ? options.Seeds.OrderBy(seed => seed == self) : options.Seeds;
    }

    /// <summary>Signals are the program's, not the host's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
