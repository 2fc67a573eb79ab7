using Akka.Actor;
using Akka.Event;
using Ivim.Domain.Work;
using Failures = Ivim.Domain.Work.Failures;

namespace Ivim.Actors.Work;

/// <summary>Why workers fell silent, told to the owners of their items until they have it on disk.</summary>
internal sealed class LostWorkers(IWorkerObituaries obituaries, ILoggingAdapter log)
{
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(3);
    private const int MostRepeats = 20;

    private readonly List<Notice> _notices = [];

    /// <summary>
    /// A crash or a lack of memory blames the item only where it was the only one that the process had in hand.
    /// </summary>
    public WorkFailure CauseOf(Lease lease, bool isShared)
    {
        var item = lease.Item.Name;
        if (isShared) return Failures.WorkerLost(item, lease.Fraction);
        if (lease.MemoryShare >= QueueRules.OutOfMemoryShare) return Failures.OutOfMemory(item, lease.Fraction);
        return EndOf(lease.Worker) == WorkerEnd.Crashed
            ? Failures.WorkerCrashed(item, lease.Fraction) : Failures.WorkerLost(item, lease.Fraction);
    }

    public void Tell(IActorRef owner, Lease lease, WorkFailure failure, TimeSpan now, IActorRef self)
    {
        var report = new ItemReport.Failed(lease.Item.Study, lease.Item.Name, lease.Item.Key, lease.Worker,
            lease.Epoch, failure);
        _notices.Add(new Notice(owner, report) { ToldAt = now });
        owner.Tell(report, self);
    }

    public void Acknowledge(Predicate<ItemReport> isAbout) => _notices.RemoveAll(notice => isAbout(notice.Report));

    public void TellAgain(TimeSpan now, IActorRef self)
    {
        _notices.RemoveAll(notice => notice.Repeats >= MostRepeats);
        foreach (var notice in _notices.Where(notice => now - notice.ToldAt >= RepeatInterval))
        {
            (notice.ToldAt, notice.Repeats) = (now, notice.Repeats + 1);
            notice.Owner.Tell(notice.Report, self);
        }
    }

    /// <summary>The queue must not fail because a folder cannot be read.</summary>
    private WorkerEnd EndOf(string worker)
    {
        try
        {
            return obituaries.CauseOf(worker);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warning("how a worker ended cannot be read: {0}", FaultTrace.Of(e));
            return WorkerEnd.Silent;
        }
    }

    private sealed record Notice(IActorRef Owner, ItemReport.Failed Report)
    {
        public TimeSpan ToldAt { get; set; }

        public int Repeats { get; set; }
    }
}
