using Akka.Actor;
using Ivim.Actors.Work;
using Ivim.Domain;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Studies;

/// <summary>
/// One study: the only authority on which results count. Everything it decides is in <see cref="StudyState"/>.
/// </summary>
public sealed class StudyActor : ItemOwnerActor<StudyEvent>
{
    private const int MostCancellations = 10;

    private readonly Func<IActorRef> _aggregators;
    private int _cancellations;
    private StudyState _study = StudyState.Unborn;

    /// <param name="queue">The work queue, wherever it runs.</param>
    /// <param name="aggregators">
    /// The aggregators' shard region, asked for late because it starts beside this one.
    /// </param>
    /// <param name="clock">For how long the machine has held an item up; the system's where null.</param>
    public StudyActor(StudyId study, IActorRef queue, Func<IActorRef> aggregators, TimeProvider? clock = null)
        : base(queue, clock ?? TimeProvider.System)
    {
        (Study, _aggregators) = (study, aggregators);
        Command<StudyCommand>(Obey);
        Command<StudyQuery.Progress>(_ => Sender.Tell(StudyReports.Of(_study, Study, HeldUpBy)));
        Command<StudyReply>(_ => { });
        Command<CancelAgain>(_ => CancelAggregation());
    }

    public override string PersistenceId => $"study-{Study}";

    protected override StudyId Study { get; }

    protected override StudyPhase Phase => _study.Phase;

    protected override void Fold(StudyEvent fact) => _study = _study.Apply(fact);

    protected override Decision<StudyEvent> Decide(ItemReport report) => _study.Decide(report);

    protected override ResultVerdict Judge(ItemReport.Finished report) => _study.Judge(report);

    protected override Decision<StudyEvent> GiveUp(ItemName item, WorkFailure failure) => _study.GiveUp(item, failure);

    protected override WorkFact? FactOf(StudyEvent fact) => StudyFacts.Of(fact, _study);

    protected override IEnumerable<WorkItem> Ready() => StudyPlan.Ready(_study);

    protected override IEnumerable<WorkItem> NewlyReady(StudyEvent fact) => StudyPlan.NewlyReady(_study, fact);

    protected override bool IsOpen(ItemName name) => !_study.Ledger.Results.ContainsKey(name);

    /// <summary>
    /// The aggregator hears what is ready to be merged; again with every offer, since it may not have heard.
    /// </summary>
    protected override void TellOthers(StudyEvent? fact)
    {
        if (_study.Phase == StudyPhase.Cancelled && fact is null or StudyEvent.Cancelled)
        {
            _cancellations = 0;
            CancelAggregation();
        }
        if (_study.Phase != StudyPhase.Running) return;
        switch (fact)
        {
            case StudyEvent.Reopened:
                _aggregators().Tell(new AggregateCommand.Reopen(Study));
                break;
            case StudyEvent.MemberTrained trained when trained.Item.Slab != ItemName.None:
                HandOver(trained.Item.Slab);
                return;
            case StudyEvent.MemberTrained or StudyEvent.AttemptFailed or StudyEvent.ResultLost:
                return;
        }
        OpenAggregation();
        for (int slab = 0; slab < _study.SlabCount; slab++) HandOver(slab);
    }

    private void Obey(StudyCommand command) => Carry(_study.Decide(command), new StudyReply.Accepted(Study));

    private void OpenAggregation()
    {
        if (_study.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame) is { } frame)
            _aggregators().Tell(new AggregateCommand.Open(Study, _study.ProtocolDocument, _study.NumericClass, frame,
                _study.SlabCount, _study.Reopenings));
    }

    /// <summary>Said a few times, since a message may be lost and a cancelled study says nothing else.</summary>
    private void CancelAggregation()
    {
        if (_study.Phase != StudyPhase.Cancelled || _cancellations++ >= MostCancellations) return;
        _aggregators().Tell(new AggregateCommand.Cancel(Study, _study.Reopenings));
        Timers.StartSingleTimer(nameof(CancelAgain), CancelAgain.Instance, OfferInterval);
    }

    private void HandOver(int slab)
    {
        if (_study.MembersOf(slab) is { } members)
            _aggregators().Tell(new AggregateCommand.MergeSlab(Study, slab, members));
    }

    private sealed record CancelAgain : INoSerializationVerificationNeeded
    {
        public static CancelAgain Instance { get; } = new();
    }
}
