using System.Collections.Immutable;
using Akka.Actor;
using Ivim.Actors.Studies;
using Ivim.Actors.Work;
using Ivim.Domain;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Planning;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Aggregation;

/// <summary>
/// Has the slabs of one study merged, its maps assembled and published. Decisions: <see cref="AggregateState"/>.
/// </summary>
public sealed class AggregatorActor : ItemOwnerActor<AggregateEvent>
{
    private readonly Func<IActorRef> _studies;
    private AggregateState _maps = AggregateState.Unborn;

    /// <summary>The publication that the study has allowed in this life of the actor.</summary>
    private (int Round, int Reopenings)? _allowed;

    /// <param name="clock">For how long the machine has held an item up; the system's where null.</param>
    public AggregatorActor(StudyId study, IActorRef queue, Func<IActorRef> studies, TimeProvider? clock = null)
        : base(queue, clock ?? TimeProvider.System)
    {
        (Study, _studies) = (study, studies);
        Command<AggregateCommand>(Obey);
        Command<AggregateQuery.Progress>(_ => Sender.Tell(StudyReports.Of(_maps, Study, HeldUpBy)));
        Command<AggregateQuery.Items>(query => Sender.Tell(ItemStatuses.Page(_maps, Study, query.From)));
        Command<StudyReply.PublicationAllowed>(Publish);
        Command<StudyReply.Rejected>(no => no.Code is not null, GiveUp);
        Command<StudyReply>(_ => { });
    }

    public override string PersistenceId => $"aggregate-{Study}";

    protected override StudyId Study { get; }

    protected override ItemOwner Kind => ItemOwner.Aggregator;

    protected override StudyPhase Phase => _maps.Phase;

    protected override void Fold(AggregateEvent fact) => _maps = _maps.Apply(fact);

    protected override object Snapshot() => _maps.ToSnapshot();

    protected override void Restore(object snapshot) => _maps = AggregateState.From((AggregateStateSnapshot)snapshot);

    protected override Decision<AggregateEvent> Decide(ItemReport report) => _maps.Decide(report);

    protected override ResultVerdict Judge(ItemReport.Finished report) => _maps.Judge(report);

    protected override Decision<AggregateEvent> GiveUp(ItemName item, WorkFailure failure) =>
        _maps.GiveUp(item, failure);

    /// <summary>The study tells what becomes of it.</summary>
    protected override WorkFact? FactOf(AggregateEvent fact) => null;

    protected override IEnumerable<WorkItem> Ready() => AggregatePlan.Ready(_maps).Where(IsAllowed);

    protected override IEnumerable<WorkItem> NewlyReady(AggregateEvent fact) =>
        AggregatePlan.NewlyReady(_maps, fact).Where(IsAllowed);

    protected override bool IsOpen(ItemName name) => !_maps.Ledger.Results.ContainsKey(name);

    protected override void AskForLostInput(string artifactSha256)
    {
        if (_maps.IsFromStudy(artifactSha256)) _studies().Tell(new StudyCommand.RecordLoss(Study, artifactSha256));
    }

    /// <summary>
    /// The study hears how it ended; it asks again with every `Open` that it repeats until it has heard. And it is
    /// asked before anything is published: it may have been cancelled without this actor having heard.
    /// </summary>
    protected override void TellOthers(AggregateEvent? fact)
    {
        if (WaitsForLeave)
            _studies().Tell(new StudyCommand.AllowPublication(Study, _maps.Round, _maps.Reopenings));
        if (_maps.Phase == StudyPhase.Published) _studies().Tell(new StudyCommand.Conclude(Study, Maps()));
        if (_maps is { Phase: StudyPhase.Failed, Failure: { } failure })
            _studies().Tell(new StudyCommand.GiveUp(Study, failure));
    }

    private void Obey(AggregateCommand command)
    {
        StudyReply reply = command is AggregateCommand.Cancel cancel
            ? new StudyReply.CancelHeard(Study, cancel.Reopenings) : new StudyReply.Accepted(Study);
        Carry(_maps.Decide(command), reply);
        if (command is AggregateCommand.Open) TellOthers(null);
    }

    private void Publish(StudyReply.PublicationAllowed answer)
    {
        _allowed = (answer.Round, answer.Reopenings);
        OfferReady();
    }

    private bool IsAllowed(WorkItem item) => item.Name != ItemName.Publish || IsPublicationAllowed;

    private bool IsPublicationAllowed => _allowed == (_maps.Round, _maps.Reopenings);

    private bool WaitsForLeave => _maps.Phase == StudyPhase.Running && !IsPublicationAllowed
        && IsOpen(ItemName.Publish) && AggregatePlan.ItemOf(_maps, ItemName.Publish) is not null;

    /// <summary>The study trusts its results no more, so that nothing is to be published.</summary>
    private void GiveUp(StudyReply.Rejected no) => Carry(
        _maps.GiveUp(ItemName.Publish, new WorkFailure(FailureClass.Application, no.Code!, no.Reason)),
        new StudyReply.Accepted(Study));

    private ImmutableArray<PublishedMap> Maps() => PublishedMaps.Read(_maps.Ledger.Results[ItemName.Publish].Result);
}
