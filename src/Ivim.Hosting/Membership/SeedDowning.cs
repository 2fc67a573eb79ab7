using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Hosting;

namespace Ivim.Hosting.Membership;

/// <summary>How a seed gives up nodes that it cannot reach; made by Akka from its name.</summary>
/// <remarks>
/// The removal margin is how long the cluster waits after a downed node's removal before its entities and singletons
/// start elsewhere. It exists so that two writers never run at once; here the journal refuses the second writer
/// (persistence id and sequence number are unique), so the margin only spares pointless starts and may be short.
/// </remarks>
public sealed class SeedDowning(ActorSystem system, AkkaCluster cluster) : IDowningProvider
{
    public TimeSpan DownRemovalMargin => system.Settings.Config.GetTimeSpan("ivim.downing.removal-margin");

    public Props DowningActorProps
    {
        get
        {
            var setup = system.Settings.Setup.Get<DowningSetup>().GetOrElse(null!)
                ?? throw new ConfigurationException("seeds down with an arbiter: add a DowningSetup");
            var stableAfter = system.Settings.Config.GetTimeSpan("ivim.downing.stable-after");
            return Props.Create(() => new SeedDowningActor(cluster, setup.Arbiter, setup.SeedRole, stableAfter));
        }
    }
}

/// <summary>Workers down nobody: one that is cut off says nothing about the others.</summary>
public sealed class WorkerDowning(ActorSystem system, AkkaCluster cluster) : IDowningProvider
{
    public TimeSpan DownRemovalMargin => system.Settings.Config.GetTimeSpan("ivim.downing.removal-margin");

    /// <summary>None: <see cref="NoDowning"/> has none either.</summary>
    public Props DowningActorProps => new NoDowning(system, cluster).DowningActorProps;
}

/// <summary>Who decides between two halves.</summary>
public sealed class DowningSetup(IArbiter arbiter, string seedRole) : Setup
{
    public IArbiter Arbiter { get; } = arbiter;

    public string SeedRole { get; } = seedRole;
}

/// <summary>The downing of a node, for its actor system.</summary>
public static class Downing
{
    public static readonly TimeSpan RemovalMargin = TimeSpan.FromSeconds(1);

    public static AkkaConfigurationBuilder WithSeedDowning(this AkkaConfigurationBuilder akka, IArbiter arbiter,
        TimeSpan stableAfter) =>
        akka.AddHocon(Hocon(typeof(SeedDowning), stableAfter), HoconAddMode.Prepend)
            .AddSetup(new DowningSetup(arbiter, IvimAkka.SeedRole));

    public static AkkaConfigurationBuilder WithWorkerDowning(this AkkaConfigurationBuilder akka) =>
        akka.AddHocon(Hocon(typeof(WorkerDowning), RemovalMargin), HoconAddMode.Prepend);

    /// <summary>For an actor system that is made without Akka.Hosting.</summary>
    public static string Hocon(Type provider, TimeSpan stableAfter) => $$"""
        akka.cluster.downing-provider-class = "{{provider.FullName}}, {{provider.Assembly.GetName().Name}}"
        ivim.downing {
          stable-after = {{(long)stableAfter.TotalMilliseconds}}ms
          removal-margin = {{(long)RemovalMargin.TotalMilliseconds}}ms
        }
        """;
}
