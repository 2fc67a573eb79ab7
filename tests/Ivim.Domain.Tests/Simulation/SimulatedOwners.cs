using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>A study and its aggregator around their journals, with the habits of their actors.</summary>
public sealed class SimulatedOwners(Network network)
{
    private readonly HashSet<ItemName> _offered = [];
    private readonly List<StudyEvent> _studyJournal = [];
    private readonly List<AggregateEvent> _mapsJournal = [];

    /// <summary>The names of the facts that either has known so far.</summary>
    public IEnumerable<string> Facts => _studyJournal.Select(fact => "study " + fact.GetType().Name)
        .Concat(_mapsJournal.Select(fact => "maps " + fact.GetType().Name));

    public StudyState Study { get; private set; } = StudyState.Unborn;

    public AggregateState Maps { get; private set; } = AggregateState.Unborn;

    public void ReceiveAtStudy(object message)
    {
        switch (message)
        {
            case StudyCommand command: CarryStudy(Study.Decide(command)); break;
            case ItemReport report:
                if (CarryStudy(Study.Decide(report))) Acknowledge(report);
                break;
        }
    }

    public void ReceiveAtAggregator(object message)
    {
        switch (message)
        {
            case AggregateCommand command:
                CarryMaps(Maps.Decide(command));
                if (command is AggregateCommand.Open) TellStudy();
                break;
            case ItemReport report:
                if (report is ItemReport.Failed { Failure.LostArtifact: { } lost } && Maps.IsFromStudy(lost))
                    network.Send(Place.Study, new StudyCommand.RecordLoss(report.Study, lost));
                if (CarryMaps(Maps.Decide(report))) Acknowledge(report);
                break;
        }
    }

    /// <summary>What both do every few seconds as long as they run, and after a restart.</summary>
    public void OfferAgain()
    {
        if (Study.Phase == StudyPhase.Running)
        {
            foreach (var item in StudyPlan.Ready(Study)) Offer(item);
            TellAggregator();
        }
        if (Maps.Phase != StudyPhase.Running) return;
        foreach (var item in AggregatePlan.Ready(Maps)) Offer(item);
    }

    /// <summary>Killed: all that is left is in the journals.</summary>
    public void Restart()
    {
        _offered.Clear();
        Study = _studyJournal.Aggregate(StudyState.Unborn, (state, fact) => state.Apply(fact));
        Maps = _mapsJournal.Aggregate(AggregateState.Unborn, (state, fact) => state.Apply(fact));
        OfferAgain();
    }

    private bool CarryStudy(Decision<StudyEvent> decision)
    {
        if (decision is not Decision<StudyEvent>.Accepted yes) return false;
        foreach (var fact in yes.Events)
        {
            _studyJournal.Add(fact);
            Study = Study.Apply(fact);
            foreach (var item in StudyPlan.NewlyReady(Study, fact)) Offer(item);
            if (fact is StudyEvent.Failed) network.Send(Place.Queue, new QueueCommand.Withdraw(Study.Id));
            if (fact is StudyEvent.Reopened) network.Send(Place.Aggregator, new AggregateCommand.Reopen(Study.Id));
            if (Study.Phase == StudyPhase.Running) TellAggregator();
        }
        Settle();
        return true;
    }

    private bool CarryMaps(Decision<AggregateEvent> decision)
    {
        if (decision is not Decision<AggregateEvent>.Accepted yes) return false;
        foreach (var fact in yes.Events)
        {
            _mapsJournal.Add(fact);
            Maps = Maps.Apply(fact);
            foreach (var item in AggregatePlan.NewlyReady(Maps, fact)) Offer(item);
            TellStudy();
        }
        Settle();
        return true;
    }

    private void TellAggregator()
    {
        if (Study.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame) is { } frame)
            network.Send(Place.Aggregator, new AggregateCommand.Open(Study.Id, Study.ProtocolDocument,
                Study.NumericClass, frame, Study.SlabCount));
        for (int slab = 0; slab < Study.SlabCount; slab++)
            if (Study.MembersOf(slab) is { } members)
                network.Send(Place.Aggregator, new AggregateCommand.MergeSlab(Study.Id, slab, members));
    }

    private void TellStudy()
    {
        if (Maps.Phase == StudyPhase.Published)
            network.Send(Place.Study, new StudyCommand.Conclude(Maps.Id,
                SimulatedStore.MapsOf(Maps.Ledger.Results[ItemName.Publish].Result)));
        if (Maps is { Phase: StudyPhase.Failed, Failure: { } failure })
            network.Send(Place.Study, new StudyCommand.GiveUp(Maps.Id, failure));
    }

    private void Offer(WorkItem item)
    {
        _offered.Add(item.Name);
        network.Send(Place.Queue, new QueueCommand.Offer(item));
    }

    private void Settle()
    {
        foreach (var name in _offered.Where(IsSettled).ToList())
        {
            _offered.Remove(name);
            network.Send(Place.Queue, new QueueCommand.Settle(new ItemId(Study.Id, name)));
        }
    }

    private bool IsSettled(ItemName name) =>
        Study.Ledger.Results.ContainsKey(name) || Maps.Ledger.Results.ContainsKey(name);

    private void Acknowledge(ItemReport report) =>
        network.Send(Place.Workers, new ItemReceipt(report.Study, report.Key));
}
