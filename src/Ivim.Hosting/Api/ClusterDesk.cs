using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Ivim.Domain.Work;
using Ivim.Hosting.Submissions;
using Ivim.Physics;

namespace Ivim.Hosting.Api;

/// <summary>Tells what the queue and the membership know of the cluster.</summary>
internal sealed class ClusterDesk(ActorSystem system, StudyRegions regions, JournalPulse journal)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    /// <summary>A worker asks a queue every second, once it knows where the queue is.</summary>
    private static readonly TimeSpan ArrivalTime = TimeSpan.FromSeconds(5), LookAgain = TimeSpan.FromMilliseconds(200);

    private AkkaCluster Membership => AkkaCluster.Get(system);

    private bool HasWorkers => Membership.State.Members.Any(member =>
        member.Status == MemberStatus.Up && member.HasRole(IvimAkka.WorkerRole));

    /// <exception cref="ApiRefusalException">QUEUE-SILENT.</exception>
    public async Task<ClusterView> ViewAsync(CancellationToken cancellation)
    {
        var load = await LoadAsync(cancellation) ?? throw ApiRefusalException.QueueSilent;
        var membership = Membership.State;
        return new ClusterView(
            new QueueView(load.Ready, load.Leased, load.WaitingWorkers),
            [.. load.Workers.OrderBy(worker => worker.Worker.Name, StringComparer.Ordinal).Select(View)],
            [.. membership.Members.OrderBy(member => member.Address.ToString(), StringComparer.Ordinal).Select(member =>
                new NodeView(member.Address.ToString(), string.Join(',', member.Roles.Order()),
                    member.Status.ToString().ToLowerInvariant(), !membership.Unreachable.Contains(member)))]);
    }

    /// <summary>Of all studies; nothing where the queue is silent: bars then stand still.</summary>
    public async Task<WorkAtHand> WorkAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) is { } load ? WorkAtHand.Of(load) : WorkAtHand.Unknown;

    /// <summary>A class that no worker ever had, or could have where none has been seen, is a mistake.</summary>
    /// <exception cref="RefusalException">NUMERIC-CLASS-UNKNOWN.</exception>
    /// <exception cref="ApiRefusalException">QUEUE-SILENT.</exception>
    public async Task RequireKnownClassAsync(string numericClass, CancellationToken cancellation)
    {
        var load = await LoadAsync(cancellation) ?? throw ApiRefusalException.QueueSilent;
        bool isKnown = load.SeenClasses.IsEmpty
            ? Learning.NumericClass.IsName(numericClass) : load.SeenClasses.Contains(numericClass);
        if (isKnown) return;
        throw new RefusalException("NUMERIC-CLASS-UNKNOWN", "a numeric class that no worker of this cluster ever had",
            "the class of a worker, as `ivim status` lists it",
            "correct --numeric-class, or start such a worker first");
    }

    /// <exception cref="RefusalException">NO-WORKERS, SEVERAL-NUMERIC-CLASSES.</exception>
    /// <exception cref="ApiRefusalException">QUEUE-SILENT.</exception>
    public async Task<string> OnlyClassAsync(CancellationToken cancellation)
    {
        var classes = await ClassesAsync(cancellation);
        var waited = Stopwatch.StartNew();
        while (classes.Length == 0 && HasWorkers && waited.Elapsed < ArrivalTime)
        {
            // A cluster that has just come up, or a queue that has just moved, has not heard its workers yet.
            await Task.Delay(LookAgain, cancellation);
            classes = await ClassesAsync(cancellation);
        }
        return classes switch
        {
            [var only] => only,
            [] => throw new RefusalException("NO-WORKERS", "no worker in the cluster",
                "one, whose numeric class the study is then for",
                "start workers, or name a class with --numeric-class"),
            _ => throw new RefusalException("SEVERAL-NUMERIC-CLASSES",
                $"workers of {classes.Length} numeric classes", "one: a study never mixes them",
                "name one with --numeric-class; `ivim status` lists them"),
        };
    }

    public async Task<ReadinessView> ReadinessAsync(CancellationToken cancellation)
    {
        var queue = LoadAsync(cancellation);
        var answers = journal.AnswersAsync(cancellation);
        bool joined = Membership.SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp;
        bool queueAnswers = await queue is not null, journalAnswers = await answers;
        return new ReadinessView(joined && queueAnswers && journalAnswers, joined, queueAnswers, journalAnswers);
    }

    private async Task<string[]> ClassesAsync(CancellationToken cancellation)
    {
        var load = await LoadAsync(cancellation) ?? throw ApiRefusalException.QueueSilent;
        return [.. load.Workers.Where(worker => worker.Worker.IsKnown || worker.Item is not null)
            .Select(worker => worker.Worker.NumericClass).Distinct()];
    }

    private static WorkerView View(WorkerLoad worker) => new(worker.Worker.Name, worker.Worker.Node,
        worker.Worker.Device, worker.Worker.NumericClass, worker.Item?.ToString(), worker.Fraction);

    private async Task<QueueLoad?> LoadAsync(CancellationToken cancellation)
    {
        try
        {
            return await regions.Queue.Ask<QueueLoad>(new QueueQuery.Load(), AnswerTime, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
