using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>A study around its journal, with the habits of its actor.</summary>
internal sealed class StudyOwner(World world, SimulatedStudy study)
    : JournaledOwner<StudyEvent>(world, study.StudyHome, study.StudyJournal)
{
    private StudyState _state = StudyState.Unborn.With(world.Rules.Safeguards);

    protected override StudyId Id => study.Id;

    protected override StudyPhase Phase => _state.Phase;

    protected override void Fold(StudyEvent fact) => _state = _state.Apply(fact);

    protected override Decision<StudyEvent> Decide(object message) => message switch
    {
        StudyCommand command => _state.Decide(command),
        ItemReport report => _state.Decide(report),
        _ => throw new InvalidOperationException($"a study gets no {message.GetType().Name}"),
    };

    protected override IEnumerable<WorkItem> Ready() => StudyPlan.Ready(_state);

    protected override IEnumerable<WorkItem> NewlyReady(StudyEvent fact) => StudyPlan.NewlyReady(_state, fact);

    protected override bool IsOpen(ItemName name) => !_state.Ledger.Results.ContainsKey(name);

    protected override bool Knows(ItemReport.Finished report) =>
        _state.Ledger.Results.TryGetValue(report.Item, out var settled) && settled.Key == report.Key;

    protected override void TellOthers(StudyEvent? fact)
    {
        if (_state.Phase == StudyPhase.Cancelled) Tell(new AggregateCommand.Cancel(Id, _state.Reopenings));
        if (_state.Phase != StudyPhase.Running) return;
        switch (fact)
        {
            case StudyEvent.Reopened:
                Tell(new AggregateCommand.Reopen(Id));
                break;
            case StudyEvent.MemberTrained trained when trained.Item.Slab != ItemName.None:
                HandOver(trained.Item.Slab);
                return;
            case StudyEvent.MemberTrained or StudyEvent.AttemptFailed or StudyEvent.ResultLost
                or StudyEvent.PublicationAllowed:
                return;
        }
        if (_state.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame) is { } frame)
            Tell(new AggregateCommand.Open(Id, _state.ProtocolDocument, _state.NumericClass, frame, _state.SlabCount,
                _state.Reopenings));
        for (int slab = 0; slab < _state.SlabCount; slab++) HandOver(slab);
    }

    protected override void AnswerYes(object message)
    {
        if (message is StudyCommand.AllowPublication ask)
            study.MapsHome.Tell(Place, new StudyReply.PublicationAllowed(Id, ask.Round, ask.Reopenings));
    }

    protected override void AnswerNo(object message, Decision<StudyEvent>.Rejected no)
    {
        if (message is StudyCommand.AllowPublication)
            study.MapsHome.Tell(Place, new StudyReply.Rejected(Id, no.Reason, no.Code));
    }

    private void HandOver(int slab)
    {
        if (_state.MembersOf(slab) is { } members) Tell(new AggregateCommand.MergeSlab(Id, slab, members));
    }

    private void Tell(AggregateCommand command) => study.MapsHome.Tell(Place, command);
}
