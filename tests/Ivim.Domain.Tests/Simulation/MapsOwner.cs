using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>An aggregator around its journal, with the habits of its actor.</summary>
internal sealed class MapsOwner(World world, SimulatedStudy study)
    : JournaledOwner<AggregateEvent>(world, study.MapsHome, study.MapsJournal)
{
    private readonly bool _asks = world.Rules.AsksBeforePublishing;
    private AggregateState _state = AggregateState.Unborn.With(world.Rules.Safeguards);
    private (int Round, int Reopenings)? _allowed;

    protected override StudyId Id => study.Id;

    protected override StudyPhase Phase => _state.Phase;

    protected override void Fold(AggregateEvent fact) => _state = _state.Apply(fact);

    protected override Decision<AggregateEvent> Decide(object message) => message switch
    {
        AggregateCommand command => _state.Decide(command),
        ItemReport report => _state.Decide(report),
        StudyReply.Rejected { Code: { } code } no => _state.GiveUp(
            ItemName.Publish, new WorkFailure(FailureClass.Application, code, no.Reason)),
        StudyReply => Decision<AggregateEvent>.Nothing,
        _ => throw new InvalidOperationException($"an aggregator gets no {message.GetType().Name}"),
    };

    public override void Receive(object message, WorkerSlot? sender)
    {
        if (IsAlive && message is StudyReply.PublicationAllowed answer)
            _allowed = (answer.Round, answer.Reopenings);
        base.Receive(message, sender);
        if (IsAlive && message is AggregateCommand.Open) TellOthers(null);
    }

    protected override IEnumerable<WorkItem> Ready() => AggregatePlan.Ready(_state).Where(IsAllowed);

    protected override IEnumerable<WorkItem> NewlyReady(AggregateEvent fact) =>
        AggregatePlan.NewlyReady(_state, fact).Where(IsAllowed);

    protected override bool IsOpen(ItemName name) => !_state.Ledger.Results.ContainsKey(name);

    protected override bool Knows(ItemReport.Finished report) =>
        _state.Ledger.Results.TryGetValue(report.Item, out var settled) && settled.Key == report.Key;

    protected override void AskForLostInput(string artifactSha256)
    {
        if (_state.IsFromStudy(artifactSha256)) Tell(new StudyCommand.RecordLoss(Id, artifactSha256));
    }

    protected override void TellOthers(AggregateEvent? fact)
    {
        if (AggregatePlan.Ready(_state).Any(item => !IsAllowed(item)))
            Tell(new StudyCommand.AllowPublication(Id, _state.Round, _state.Reopenings));
        if (_state.Phase == StudyPhase.Published)
            Tell(new StudyCommand.Conclude(Id,
                SimulatedStore.MapsOf(_state.Ledger.Results[ItemName.Publish].Result)));
        if (_state is { Phase: StudyPhase.Failed, Failure: { } failure })
            Tell(new StudyCommand.GiveUp(Id, failure));
    }

    private bool IsAllowed(WorkItem item) =>
        !_asks || item.Name != ItemName.Publish || _allowed == (_state.Round, _state.Reopenings);

    private void Tell(StudyCommand command) => study.StudyHome.Tell(Place, command);
}
