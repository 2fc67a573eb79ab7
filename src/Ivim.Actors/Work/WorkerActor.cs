using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// One device or CPU slot: pulls an item, works on it on a thread of its own, reports until it is heard.
/// </summary>
public sealed class WorkerActor : ReceiveActor, IWithTimers
{
    /// <summary>How often an idle worker asks again and a report is repeated.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(1);

    private readonly WorkerLinks _links;
    private readonly IStageRunner _runner;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private QueueReply.Leased? _lease;
    private CancellationTokenSource _cancel = new();
    private ItemReport? _report;

    /// <param name="links">Its name and whom it talks to.</param>
    /// <param name="runner">Called from one thread at a time.</param>
    public WorkerActor(WorkerLinks links, IStageRunner runner)
    {
        (_links, _runner) = (links, runner);
        Become(Idle);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Repeat), Repeat.Instance, RepeatInterval);
        Pull();
    }

    protected override void PostStop()
    {
        _cancel.Cancel();
        _cancel.Dispose();
        if (_lease is { } lease) _links.Queue.Tell(new QueueCommand.Release(_links.Name, lease.Item.Id, lease.Epoch));
    }

    private void Idle()
    {
        Receive<QueueReply.Leased>(Start);
        Receive<Repeat>(_ => Pull());
        Receive<QueueReply.LeaseLost>(_ => { });
        Receive<Moved>(_ => { });
        Receive<ItemReceipt>(_ => { });
        Receive<StudyReply>(_ => { });
    }

    private void Working()
    {
        Receive<Moved>(moved => Renew(moved.Epoch, moved.Fraction));
        Receive<Ended>(ended => ended.Epoch == _lease!.Epoch, End);
        Receive<QueueReply.LeaseLost>(lost => StopIf(lost.Epoch));
        Receive<QueueReply.Leased>(second => _links.Queue.Tell(
            new QueueCommand.Release(_links.Name, second.Item.Id, second.Epoch)));
        Receive<Repeat>(_ => { });
        Receive<ItemReceipt>(_ => { });
        Receive<StudyReply>(_ => { });
    }

    private void Reporting()
    {
        Receive<ItemReceipt>(receipt => receipt.Key == _report!.Key, _ => Heard());
        Receive<StudyReply.Rejected>(_ => Heard());
        Receive<Repeat>(_ => Report());
        Receive<QueueReply.LeaseLost>(_ => { });
        Receive<QueueReply.Leased>(second => _links.Queue.Tell(
            new QueueCommand.Release(_links.Name, second.Item.Id, second.Epoch)));
        Receive<Moved>(_ => { });
        Receive<ItemReceipt>(_ => { });
        Receive<StudyReply>(_ => { });
    }

    private void Start(QueueReply.Leased lease)
    {
        _lease = lease;
        _cancel.Dispose();
        _cancel = new CancellationTokenSource();
        var (self, log, runner, cancellation) = (Self, _log, _runner, _cancel.Token);
        var thread = new Thread(() => self.Tell(Work(runner, lease, self, log, cancellation)))
        {
            IsBackground = true, Name = $"ivim {lease.Item.Name}",
        };
        Become(Working);
        thread.Start();
    }

    /// <summary>Runs on the item's own thread: nothing in here may touch the actor.</summary>
    private static Ended Work(IStageRunner runner, QueueReply.Leased lease, IActorRef self, ILoggingAdapter log,
        CancellationToken cancellation)
    {
        var sinceTold = Stopwatch.StartNew();
        void Progress(double fraction)
        {
            if (sinceTold.Elapsed < RenewInterval) return;
            sinceTold.Restart();
            self.Tell(new Moved(lease.Epoch, fraction));
        }

        try
        {
            return new Ended(lease.Epoch, runner.Run(lease.Item, Progress, cancellation), null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Ended(lease.Epoch, null, null);
        }
        catch (Exception e)
        {
            var failure = FailureClasses.Of(e, lease.Item.Name);
            if (failure.Class != FailureClass.BadInput) log.Error("{0} failed: {1}", lease.Item.Name, FaultTrace.Of(e));
            return new Ended(lease.Epoch, null, failure);
        }
    }

    private void End(Ended ended)
    {
        var item = _lease!.Item;
        _report = ended switch
        {
            { Result: { } result } => new ItemReport.Finished(item.Study, item.Name, item.Key, result),
            { Failure: { } failure } => new ItemReport.Failed(item.Study, item.Name, item.Key, _links.Name,
                _lease.Epoch, failure),
            _ => null,
        };
        if (_report is null)
        {
            Leave();
            return;
        }
        Become(Reporting);
        Report();
    }

    private void Report() => _links.OwnerOf(_lease!.Item).Tell(_report!);

    private void Heard()
    {
        if (_report is ItemReport.Finished) _links.Queue.Tell(new QueueCommand.Settle(_lease!.Item.Id));
        Leave();
    }

    private void Leave()
    {
        (_lease, _report) = (null, null);
        Become(Idle);
        Pull();
    }

    private void Pull() => _links.Queue.Tell(new QueueCommand.Pull(_links.Name, _links.NumericClass));

    private void Renew(long epoch, double fraction)
    {
        if (_lease?.Epoch == epoch)
            _links.Queue.Tell(new QueueCommand.Renew(_links.Name, _lease.Item.Id, epoch, fraction));
    }

    private void StopIf(long epoch)
    {
        if (_lease?.Epoch == epoch) _cancel.Cancel();
    }

    private static readonly TimeSpan RenewInterval = TimeSpan.FromMilliseconds(200);

    private sealed record Repeat : INoSerializationVerificationNeeded
    {
        public static Repeat Instance { get; } = new();
    }

    private sealed record Moved(long Epoch, double Fraction) : INoSerializationVerificationNeeded;

    private sealed record Ended(long Epoch, WorkResult? Result, WorkFailure? Failure)
        : INoSerializationVerificationNeeded;
}
