using Akka.Actor;
using Ivim.Actors.Work;
using Ivim.Domain;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Planning;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Studies;

/// <summary>
/// One study: the only authority on which results count. Everything it decides is in <see cref="StudyState"/>.
/// </summary>
public sealed class StudyActor : ItemOwnerActor<StudyEvent>
{
    private readonly Func<IActorRef> _aggregators;
    private bool _isCancelHeard;
    private StudyState _study = StudyState.Unborn.With(TestHooks.Safeguards);

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
        Command<StudyQuery.Identity>(_ => Sender.Tell(new StudyReply.Identity(
            Study, _study.Source, _study.ProtocolDocument, _study.NumericClass, _study.Reopenings)));
        Command<StudyQuery.Items>(query => Sender.Tell(ItemStatuses.Page(_study, Study, query.From)));
        Command<StudyReply.CancelHeard>(StopCancelling);
        Command<StudyReply.Accepted>(_ => _study.Phase == StudyPhase.Cancelled, _ => CancelSoon());
        Command<StudyReply>(_ => { });
        Command<CancelAgain>(_ => CancelAggregation());
    }

    public override string PersistenceId => $"study-{Study}";

    protected override StudyId Study { get; }

    protected override ItemOwner Kind => ItemOwner.Study;

    /// <summary>An aggregator that has not heard of the end would go on.</summary>
    protected override bool IsAtRest => _study.Phase != StudyPhase.Cancelled || _isCancelHeard;

    protected override StudyPhase Phase => _study.Phase;

    protected override void Fold(StudyEvent fact) => _study = _study.Apply(fact);

    protected override object Snapshot() => _study.ToSnapshot();

    protected override void Restore(object snapshot) =>
        _study = StudyState.From((StudyStateSnapshot)snapshot).With(TestHooks.Safeguards);

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
        if (_study.Phase == StudyPhase.Cancelled && fact is null or StudyEvent.Cancelled) CancelAggregation();
        if (_study.Phase != StudyPhase.Running) return;
        switch (fact)
        {
            case StudyEvent.Reopened:
                _aggregators().Tell(new AggregateCommand.Reopen(Study));
                break;
            case StudyEvent.MemberTrained trained when trained.Item.Slab != ItemName.None:
                HandOver(trained.Item.Slab);
                return;
            case StudyEvent.MemberTrained or StudyEvent.AttemptFailed or StudyEvent.ResultLost
                or StudyEvent.PublicationAllowed:
                return;
        }
        OpenAggregation();
        for (int slab = 0; slab < _study.SlabCount; slab++) HandOver(slab);
    }

    private void Obey(StudyCommand command)
    {
        StudyReply reply = command is StudyCommand.AllowPublication ask
            ? new StudyReply.PublicationAllowed(Study, ask.Round, ask.Reopenings) : new StudyReply.Accepted(Study);
        Carry(_study.Decide(command), reply);
        if (command is StudyCommand.AllowPublication && _study.Phase == StudyPhase.Cancelled) CancelAggregation();
    }

    private void OpenAggregation()
    {
        if (_study.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame) is { } frame)
            _aggregators().Tell(new AggregateCommand.Open(Study, _study.ProtocolDocument, _study.NumericClass, frame,
                _study.SlabCount, _study.Reopenings));
    }

    /// <summary>
    /// Said until the aggregator has it on disk, however long the journal is away, and again with every life of this
    /// actor: what nobody has told it would publish maps that nobody wants.
    /// </summary>
    private void CancelAggregation()
    {
        if (_study.Phase != StudyPhase.Cancelled) return;
        Withdraw();
        _aggregators().Tell(new AggregateCommand.Cancel(Study, _study.Reopenings));
        CancelSoon();
    }

    /// <summary>Not at once: an aggregator of an earlier release answers each cancellation so.</summary>
    private void CancelSoon()
    {
        _isCancelHeard = false;
        Timers.StartSingleTimer(nameof(CancelAgain), CancelAgain.Instance, OfferInterval);
    }

    private void StopCancelling(StudyReply.CancelHeard heard)
    {
        if (_study.Phase != StudyPhase.Cancelled || heard.Reopenings != _study.Reopenings) return;
        _isCancelHeard = true;
        Timers.Cancel(nameof(CancelAgain));
        RestLater();
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
