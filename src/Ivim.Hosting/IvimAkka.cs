using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Ivim.Actors;
using Ivim.Actors.Aggregation;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Cohorts;
using Ivim.Actors.Studies;
using Ivim.Actors.Wire;
using Ivim.Actors.Work;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting;

/// <summary>The actor system as one list: what runs, and what it is told apart by.</summary>
public static class IvimAkka
{
    public const string SystemName = "ivim";

    /// <summary>Role of the nodes that hold studies, aggregators and the work queue.</summary>
    public const string SeedRole = "seed";

    /// <summary>Role of the nodes that hold workers.</summary>
    public const string WorkerRole = "worker";

    /// <summary>The work queue: the cluster's one.</summary>
    public static AkkaConfigurationBuilder WithWorkQueue(this AkkaConfigurationBuilder akka, QueueRules rules,
        TimeProvider clock, IWorkerObituaries obituaries) =>
        akka.WithSingleton<WorkQueueActor>("work-queue",
            (_, _, _) => Props.CreateBy(new WorkQueueProducer(rules, clock, obituaries)),
            new ClusterSingletonOptions { Role = SeedRole });

    /// <summary>The way to the work queue from a node that cannot hold it.</summary>
    public static AkkaConfigurationBuilder WithWorkQueueProxy(this AkkaConfigurationBuilder akka) =>
        akka.WithSingletonProxy<WorkQueueActor>("work-queue", new ClusterSingletonOptions { Role = SeedRole });

    /// <summary>The ways to studies and aggregators from a node that holds none.</summary>
    public static AkkaConfigurationBuilder WithStudyProxies(this AkkaConfigurationBuilder akka) => akka
        .WithShardRegionProxy<AggregatorActor>("aggregator", SeedRole, new StudyExtractor())
        .WithShardRegionProxy<StudyActor>("study", SeedRole, new StudyExtractor());

    /// <summary>One entity per study, and one aggregator beside it.</summary>
    public static AkkaConfigurationBuilder WithStudies(this AkkaConfigurationBuilder akka, bool rememberEntities)
    {
        var options = OnSeeds(rememberEntities);
        return akka
            .WithShardRegion<AggregatorActor>("aggregator", (_, registry, _) =>
            {
                var queue = registry.Get<WorkQueueActor>();
                return id => Props.Create(() =>
                    new AggregatorActor(new StudyId(id), queue, () => registry.Get<StudyActor>()));
            }, new StudyExtractor(), options)
            .WithShardRegion<StudyActor>("study", (_, registry, _) =>
            {
                var queue = registry.Get<WorkQueueActor>();
                return id => Props.Create(() =>
                    new StudyActor(new StudyId(id), queue, () => registry.Get<AggregatorActor>()));
            }, new StudyExtractor(), options);
    }

    /// <summary>One entity per cohort, which makes studies of its entries with the help of the work folder.</summary>
    /// <param name="lookInterval">How often a cohort looks at its studies; null for what is usual.</param>
    public static AkkaConfigurationBuilder WithCohorts(this AkkaConfigurationBuilder akka, CohortFolder cohorts,
        IArtifactStore store, DossierFolder dossiers, InputFolder inputs, bool rememberEntities,
        TimeSpan? lookInterval = null) =>
        akka.WithShardRegion<CohortActor>("cohort", (_, registry, _) =>
        {
            var clock = TimeProvider.System;
            var interval = lookInterval ?? CohortActor.LookInterval;
            var studies = new CohortStudies(
                () => StudyRegions.Of(registry), cohorts, store, dossiers, inputs, clock);
            return id => Props.Create(() => new CohortActor(new CohortId(id), studies, clock, interval));
        }, new CohortExtractor(), OnSeeds(rememberEntities));

    /// <summary>One worker for every slot; the slots outlive the actor system.</summary>
    public static AkkaConfigurationBuilder WithWorkers(
        this AkkaConfigurationBuilder akka, IReadOnlyList<WorkSlot> slots) =>
        akka.WithActors((system, registry) =>
        {
            var links = new WorkerLinks(registry.Get<WorkQueueActor>(), registry.Get<StudyActor>(),
                registry.Get<AggregatorActor>());
            for (int number = 0; number < slots.Count; number++)
            {
                var slot = slots[number];
                system.ActorOf(Props.Create(() => new WorkerActor(links, slot)), $"worker-{number}");
            }
        });

    private static ShardOptions OnSeeds(bool rememberEntities) => new()
    {
        Role = SeedRole,
        RememberEntities = rememberEntities,
        RememberEntitiesStore = Akka.Cluster.Sharding.RememberEntitiesStore.Eventsourced,
        StateStoreMode = Akka.Cluster.Sharding.StateStoreMode.DData,
    };

    /// <summary>Our wire format, and no other, for everything of ours.</summary>
    public static AkkaConfigurationBuilder WithIvimWire(this AkkaConfigurationBuilder akka) =>
        akka.AddHocon(WireConfig.Hocon, HoconAddMode.Prepend);
}
