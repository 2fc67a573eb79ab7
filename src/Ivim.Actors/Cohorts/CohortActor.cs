using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Ivim.Actors.Work;
using Ivim.Domain;
using Ivim.Domain.Cohorts;

namespace Ivim.Actors.Cohorts;

/// <summary>
/// One cohort: decides whose turn it is, and asks until it knows what became of each. Everything it decides is in
/// <see cref="CohortState"/>.
/// </summary>
public sealed class CohortActor : JournaledActor
{
    /// <summary>How often the studies at work are looked at: only a lost message or a distant one needs it.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    /// <summary>Workers have the next studies at hand, and the queue has some of each centre.</summary>
    public const int EntriesPerWorker = 4, LeastLimit = 4;

    private const int EventsPerSnapshot = 1000, MostErrands = 128, MostHeldUp = 20, MostOnPage = 500;

    /// <summary>So many looks at a cohort at its end, and it leaves the memory: some two minutes.</summary>
    private const int IdleLooks = 40;

    private readonly CohortId _id;
    private readonly ICohortStudies _studies;
    private readonly TimeProvider _clock;
    private readonly EntryTracks _tracks = new();
    private CohortState _cohort = CohortState.Unborn;
    private int _suited = LeastLimit;
    private int _idleLooks;
    private int _lookedAt = -1;
    private long _snapshotAt;
    private bool _isCounting, _isGoingOn;

    public CohortActor(CohortId id, ICohortStudies studies, TimeProvider clock, TimeSpan lookInterval)
    {
        (_id, _studies, _clock) = (id, studies, clock);
        Recover<SnapshotOffer>(offer => (_cohort, _snapshotAt) =
            (CohortState.From((CohortStateSnapshot)offer.Snapshot), offer.Metadata.SequenceNr));
        Recover<CohortEvent>(Fold);
        Recover<RecoveryCompleted>(_ => Begin(lookInterval));
        Command<CohortCommand>(Obey);
        Command<CohortQuery.Progress>(_ => Sender.Tell(Progress()));
        Command<CohortQuery.Entries>(query => Sender.Tell(CohortPages.Of(_cohort, query, MostOnPage)));
        Command<ErrandDone>(Hear);
        Command<WorkFact>(fact => fact.Study is { } study && _tracks.EntryOf(study) is { } && IsEnd(fact),
            fact => Advance(_tracks.EntryOf(fact.Study!.Value)!.Value));
        Command<WorkFact>(_ => { });
        Command<WorkersCounted>(Count);
        Command<Next>(_ => GoOn());
        Command<Look>(_ => LookRound());
    }

    /// <summary>So many entries may run at a time: as somebody said, or as suits the workers.</summary>
    private int Limit => _cohort.Limit > 0 ? _cohort.Limit : _suited;

    public override string PersistenceId => $"cohort-{_id}";

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(WorkFact));
        base.PreStart();
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        base.PostStop();
    }

    private void Begin(TimeSpan lookInterval)
    {
        foreach (int number in _cohort.InFlight) _tracks.Follow(number, _cohort.Entries[number]);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, lookInterval);
    }

    private void Obey(CohortCommand command)
    {
        _idleLooks = 0;
        var replyTo = Sender;
        switch (_cohort.Decide(command))
        {
            case Decision<CohortEvent>.Rejected no:
                replyTo.Tell(new CohortReply.Rejected(_id, no.Reason, no.Code));
                break;
            case Decision<CohortEvent>.Accepted yes:
                Write(yes);
                DeferAsync(new CohortReply.Accepted(_id), reply => replyTo.Tell(reply));
                break;
        }
    }

    private void Write(Decision<CohortEvent> decision)
    {
        if (decision is not Decision<CohortEvent>.Accepted { Events: { IsEmpty: false } events }) return;
        PersistAll(events, fact =>
        {
            Fold(fact);
            KeepSnapshot();
            GoOnSoon();
        });
    }

    private void Fold(CohortEvent fact) => _cohort = _cohort.Apply(fact);

    /// <summary>A snapshot is as big as the cohort, so a big one saves it seldom.</summary>
    private void KeepSnapshot()
    {
        if (LastSequenceNr - _snapshotAt < Math.Max(EventsPerSnapshot, _cohort.Entries.Count)) return;
        _snapshotAt = LastSequenceNr;
        SaveSnapshot(_cohort.ToSnapshot());
    }

    private void GoOnSoon()
    {
        if (_isGoingOn) return;
        _isGoingOn = true;
        Self.Tell(Next.Instance);
    }

    /// <summary>After an event: who is next, and what is to be done for those that nobody works for.</summary>
    private void GoOn()
    {
        _isGoingOn = false;
        foreach (int number in _cohort.InFlight)
            if (_tracks.NeedsStep(number, _cohort.Entries[number])) Advance(number);
        Write(_cohort.Admit(Limit));
    }

    private void LookRound()
    {
        if (_cohort.IsAtRest && ++_idleLooks > IdleLooks) Leave();
        CountWorkers();
        _tracks.KeepOnly(_cohort.InFlight);
        var inTurn = _cohort.InFlight.Where(number => number > _lookedAt)
            .Concat(_cohort.InFlight.Where(number => number <= _lookedAt)).ToList();
        foreach (int number in inTurn.TakeWhile(_ => _tracks.Errands < MostErrands))
        {
            Advance(number);
            _lookedAt = number;
        }
        Write(_cohort.Admit(Limit));
    }

    /// <summary>The next step of an entry, unless one is under way.</summary>
    private void Advance(int number)
    {
        var entry = _cohort.Entries[number];
        if (!entry.IsInFlight || _tracks.Errands >= MostErrands || !_tracks.Begin(number, entry)) return;
        var errand = new EntryErrand(_studies,
            new EntryOrder(_id, entry.Entry, _cohort.ProtocolDocument, _cohort.NumericClass));
        var work = entry switch
        {
            { Phase: CohortEntryPhase.Stopping } => errand.StopAsync(entry.Study),
            { HasStudy: false } => errand.FileAsync(),
            _ when _tracks.IsSubmitted(number) => errand.LookAsync(entry.Study),
            _ when _tracks.FiledOf(number) is { } filed => errand.SubmitAsync(filed),
            _ => errand.ResumeAsync(entry.Study),
        };
        work.PipeTo(Self, success: end => new ErrandDone(number, entry.Turn, end));
    }

    private void Hear(ErrandDone done)
    {
        _tracks.End(done.Entry);
        var entry = _cohort.Entries[done.Entry];
        if (entry.Turn == done.Turn) Take(done, entry);
        if (_tracks.NeedsStep(done.Entry, _cohort.Entries[done.Entry])) Advance(done.Entry);
    }

    private void Take(ErrandDone done, CohortEntryState entry)
    {
        _tracks.Remember(done);
        if (done.End is ErrandEnd.Delayed { Defect: { } defect })
            Trouble.Error("an entry of a cohort is delayed: {0}", FaultTrace.Of(defect));
        if (CohortWords.Of(done, entry, _clock.GetUtcNow()) is { } news) Write(_cohort.Decide(news));
    }

    private CohortProgress Progress() => new(_id, _cohort.ProtocolDocument, _cohort.Version,
        _cohort.NumericClass, _cohort.IsPaused, Limit, _cohort.Centres, _cohort.Codes,
        [.. _tracks.HeldUp.Where(held => _cohort.Entries[held.Entry].IsInFlight).Take(MostHeldUp).Select(held =>
            CohortPages.HeldUp(_cohort.Entries[held.Entry], held.Code, held.Message))],
        _cohort.EntriesPerHour(_clock.GetUtcNow()));

    private void CountWorkers()
    {
        if (_isCounting || _cohort.IsAtRest) return;
        _isCounting = true;
        _studies.WorkersAsync().PipeTo(Self, success: count => new WorkersCounted(count),
            failure: _ => new WorkersCounted(-1));
    }

    /// <summary>Where nobody knows, the last number holds.</summary>
    private void Count(WorkersCounted counted)
    {
        _isCounting = false;
        if (counted.Workers >= 0) _suited = Math.Max(LeastLimit, EntriesPerWorker * counted.Workers);
        Write(_cohort.Admit(Limit));
    }

    private static bool IsEnd(WorkFact fact) => fact.Fact is "published" or "failed" or "cancelled";

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }

    private sealed record Next : INoSerializationVerificationNeeded
    {
        public static Next Instance { get; } = new();
    }

    private sealed record WorkersCounted(int Workers) : INoSerializationVerificationNeeded;
}
