using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Aggregation;

/// <summary>The maps of a study on their way from members to files, as the aggregator's events tell it. Pure.</summary>
public sealed record AggregateState
{
    public static AggregateState Unborn { get; } = new();

    public StudyId Id { get; private init; }

    public Protocol Protocol { get; private init; } = new();

    public ArtifactRef ProtocolArtifact { get; private init; } = new("", 0);

    public string ProtocolDocument { get; private init; } = "";

    public string NumericClass { get; private init; } = "";

    public WorkInput Frame { get; private init; } = new("", new ArtifactRef("", 0), default);

    public int SlabCount { get; private init; }

    /// <summary>The members of every slab that may be merged.</summary>
    public ImmutableDictionary<int, ImmutableArray<WorkInput>> Members { get; private init; } =
        ImmutableDictionary<int, ImmutableArray<WorkInput>>.Empty;

    public ItemLedger Ledger { get; private init; } = ItemLedger.Empty;

    public StudyPhase Phase { get; private init; }

    /// <summary>The life of the study that the aggregator knows of: an earlier one's cancellation is late.</summary>
    public int Reopenings { get; private init; }

    /// <summary>The publication that is under way or done, from 1.</summary>
    public int Round { get; private init; }

    public WorkFailure? Failure { get; private init; }

    /// <summary>Items of which another result was found when the maps were at their end.</summary>
    public ImmutableArray<DoubtedItem> Doubts { get; private init; } = [];

    /// <summary>Two results of one key: nothing goes on with either. Null where all is well.</summary>
    public WorkFailure? Quarantine =>
        Failures.IsMismatch(Failure) ? Failure : Doubts.IsEmpty ? null : Doubts[0].Failure;

    /// <summary>The state whose parts these are.</summary>
    public static AggregateState From(AggregateStateSnapshot snapshot) => new()
    {
        Id = snapshot.Study,
        Protocol = ProtocolJson.Read(snapshot.ProtocolDocument),
        ProtocolArtifact = ProtocolJson.Reference(snapshot.ProtocolDocument),
        ProtocolDocument = snapshot.ProtocolDocument,
        NumericClass = snapshot.NumericClass,
        Frame = snapshot.Frame,
        SlabCount = snapshot.SlabCount,
        Members = snapshot.Members.ToImmutableDictionary(slab => slab.Slab, slab => slab.Members),
        Ledger = ItemLedger.From(snapshot.Ledger),
        Phase = snapshot.Phase,
        Reopenings = snapshot.Reopenings,
        Round = snapshot.Round,
        Failure = snapshot.Failure,
        Doubts = snapshot.Doubts,
    };

    public AggregateStateSnapshot ToSnapshot() => new(Id, ProtocolDocument, NumericClass, Frame, SlabCount,
        [.. Members.OrderBy(slab => slab.Key).Select(slab => new SlabMembers(slab.Key, slab.Value))],
        Ledger.ToSnapshot(), Phase, Reopenings, Round, Failure, Doubts);

    /// <summary>Which events follow from a command. Pure: same state, same command, same events.</summary>
    public Decision<AggregateEvent> Decide(AggregateCommand command) => (Phase, command) switch
    {
        (StudyPhase.Unknown, AggregateCommand.Open o) => Decision<AggregateEvent>.Accept(
            new AggregateEvent.Opened(o.Study, o.ProtocolDocument, o.NumericClass, o.Frame, o.SlabCount)),
        (StudyPhase.Unknown, AggregateCommand.Reopen or AggregateCommand.Cancel) => Decision<AggregateEvent>.Nothing,
        (StudyPhase.Unknown, _) => Decision<AggregateEvent>.Reject("the study has not been opened here"),
        (StudyPhase.Running, AggregateCommand.Open o) when !Fits(o) => Decision<AggregateEvent>.Accept(
            new AggregateEvent.Opened(o.Study, o.ProtocolDocument, o.NumericClass, o.Frame, o.SlabCount)),
        (StudyPhase.Running, AggregateCommand.MergeSlab m) when !Knows(m) => Decision<AggregateEvent>.Accept(
            new AggregateEvent.SlabReady(m.Slab, m.Members)),
        (_, AggregateCommand.PublishAgain or AggregateCommand.Reopen) when Quarantine is not null =>
            Decision<AggregateEvent>.Nothing,
        (StudyPhase.Published, AggregateCommand.PublishAgain p) when p.Round == Round =>
            Decision<AggregateEvent>.Accept(new AggregateEvent.PublicationWanted(Round + 1)),
        (StudyPhase.Failed, AggregateCommand.PublishAgain p) when p.Round == Round && Round > 1 =>
            Decision<AggregateEvent>.Accept(
                new AggregateEvent.Reopened(), new AggregateEvent.PublicationWanted(Round + 1)),
        (StudyPhase.Running, AggregateCommand.Cancel c) when c.Reopenings >= Reopenings =>
            Decision<AggregateEvent>.Accept(new AggregateEvent.Cancelled(c.Reopenings)),
        (StudyPhase.Cancelled, AggregateCommand.Open o) when o.Reopenings > Reopenings && !Doubts.IsEmpty =>
            Decision<AggregateEvent>.Accept(
                new AggregateEvent.Reopened(), new AggregateEvent.Failed(Doubts[0].Item, Doubts[0].Failure)),
        (StudyPhase.Cancelled, AggregateCommand.Open o) when o.Reopenings > Reopenings =>
            Decision<AggregateEvent>.Accept(new AggregateEvent.Reopened()),
        (StudyPhase.Failed, AggregateCommand.Reopen) => Decision<AggregateEvent>.Accept(new AggregateEvent.Reopened()),
        (_, AggregateCommand.Open or AggregateCommand.MergeSlab or AggregateCommand.PublishAgain
            or AggregateCommand.Reopen or AggregateCommand.Cancel) => Decision<AggregateEvent>.Nothing,
        _ => Decision<AggregateEvent>.Reject($"an aggregator does not understand {command.GetType().Name}"),
    };

    /// <summary>Which events follow from a worker's report.</summary>
    public Decision<AggregateEvent> Decide(ItemReport report) => (Phase, report) switch
    {
        (StudyPhase.Unknown, _) => Decision<AggregateEvent>.Reject("the study has not been opened here"),
        (_, ItemReport.Finished finished) => Finish(finished),
        (_, ItemReport.Failed failed) => Fail(failed),
        _ => Decision<AggregateEvent>.Nothing,
    };

    /// <summary>The machine has held an item up for too long.</summary>
    public Decision<AggregateEvent> GiveUp(ItemName item, WorkFailure failure) => Phase == StudyPhase.Running
        ? Decision<AggregateEvent>.Accept(new AggregateEvent.Failed(item, failure)) : Decision<AggregateEvent>.Nothing;

    /// <summary>What a worker's result means to the aggregator.</summary>
    public ResultVerdict Judge(ItemReport.Finished report) =>
        Ledger.Judge(report, Phase == StudyPhase.Running ? AggregatePlan.ItemOf(this, report.Item)?.Key : null);

    /// <summary>The state after a fact. An unknown fact is corruption, so it throws.</summary>
    public AggregateState Apply(AggregateEvent fact) => fact switch
    {
        AggregateEvent.Opened e => this with
        {
            Id = e.Study,
            Protocol = ProtocolJson.Read(e.ProtocolDocument),
            ProtocolArtifact = ProtocolJson.Reference(e.ProtocolDocument),
            ProtocolDocument = e.ProtocolDocument,
            NumericClass = e.NumericClass,
            Frame = e.Frame,
            SlabCount = e.SlabCount,
            Phase = StudyPhase.Running,
            Round = Math.Max(Round, 1),
        },
        AggregateEvent.SlabReady e => this with
        {
            Members = Members.SetItem(e.Slab, e.Members),
            Ledger = Ledger.Reopen(ItemName.Merge(e.Slab)),
        },
        AggregateEvent.SlabMerged e => this with { Ledger = Ledger.Settle(ItemName.Merge(e.Slab), e.Key, e.Result) },
        AggregateEvent.Polished e => this with { Ledger = Ledger.Settle(ItemName.Polish, e.Key, e.Result) },
        AggregateEvent.Assembled e => this with { Ledger = Ledger.Settle(ItemName.Assemble, e.Key, e.Result) },
        AggregateEvent.Published e => this with
        {
            Ledger = Ledger.Settle(ItemName.Publish, e.Key, e.Result), Phase = StudyPhase.Published,
        },
        AggregateEvent.PublicationWanted e => this with
        {
            Ledger = Ledger.Reopen(ItemName.Publish), Phase = StudyPhase.Running, Round = e.Round,
        },
        AggregateEvent.AttemptFailed e => this with { Ledger = Ledger.Count(e.Item, e.Worker, e.Epoch, e.Failure) },
        AggregateEvent.ResultLost e => this with { Ledger = Ledger.Lose(e.Item) },
        AggregateEvent.Failed e => this with
        {
            Phase = StudyPhase.Failed, Failure = e.Failure, Ledger = Ledger.End(e.Item, e.Failure),
        },
        AggregateEvent.ResultDoubted e => this with { Doubts = Doubts.Add(new DoubtedItem(e.Item, e.Failure)) },
        AggregateEvent.Cancelled e => this with { Phase = StudyPhase.Cancelled, Reopenings = e.Reopenings },
        AggregateEvent.Reopened => this with
        {
            Phase = StudyPhase.Running,
            Failure = null,
            Ledger = Ledger.ForgetAttempts(),
            Reopenings = Phase == StudyPhase.Cancelled ? Reopenings + 1 : Reopenings,
        },
        _ => throw new InvalidOperationException($"no fold for {fact.GetType().Name}"),
    };

    /// <summary>Whether an artifact comes from the study, which then has to make it again.</summary>
    public bool IsFromStudy(string artifactSha256) => Frame.Artifact.Sha256 == artifactSha256
        || Members.Values.Any(slab => slab.Any(member => member.Artifact.Sha256 == artifactSha256));

    private bool Fits(AggregateCommand.Open o) => o.Frame == Frame && o.SlabCount == SlabCount;

    private bool Knows(AggregateCommand.MergeSlab m) =>
        Members.TryGetValue(m.Slab, out var members) && members.SequenceEqual(m.Members);

    internal AggregateState With(Safeguards safeguards) =>
        this with { Ledger = Ledger with { Safeguards = safeguards } };

    private Decision<AggregateEvent> Finish(ItemReport.Finished report) =>
        Judge(report) switch
        {
            ResultVerdict.Counts when !AggregatePlan.IsComplete(report.Item, report.Result) =>
                Decision<AggregateEvent>.Accept(
                    new AggregateEvent.Failed(report.Item, Failures.Incomplete(report.Item))),
            ResultVerdict.Counts => Decision<AggregateEvent>.Accept(Finished(report)),
            ResultVerdict.Mismatch => Doubt(report.Item),
            _ => Decision<AggregateEvent>.Nothing,
        };

    private AggregateEvent Finished(ItemReport.Finished report) => report.Item.Stage switch
    {
        Stage.Merge => new AggregateEvent.SlabMerged(report.Item.Slab, report.Key, report.Result),
        Stage.Polish => new AggregateEvent.Polished(report.Key, report.Result),
        Stage.Assemble => new AggregateEvent.Assembled(report.Key, report.Result),
        Stage.Publish => new AggregateEvent.Published(Round, report.Key, report.Result),
        _ => throw new InvalidOperationException($"{report.Item} is not an aggregator's item"),
    };

    private Decision<AggregateEvent> Fail(ItemReport.Failed report) =>
        Ledger.Judge(report, Phase == StudyPhase.Running ? AggregatePlan.ItemOf(this, report.Item)?.Key : null) switch
        {
            FailureVerdict.Mismatch => Doubt(report.Item),
            _ when Phase != StudyPhase.Running => Decision<AggregateEvent>.Nothing,
            FailureVerdict.Restore => Lose(report, report.Failure.LostArtifact ?? ""),
            FailureVerdict.Retry => Decision<AggregateEvent>.Accept(
                new AggregateEvent.AttemptFailed(report.Item, report.Worker, report.Epoch, report.Failure)),
            FailureVerdict.End => Decision<AggregateEvent>.Accept(
                new AggregateEvent.Failed(report.Item, report.Failure)),
            _ => Decision<AggregateEvent>.Nothing,
        };

    /// <summary>Two results of one key: the end of running maps, and an alarm for those at their end.</summary>
    private Decision<AggregateEvent> Doubt(ItemName item)
    {
        var failure = Failures.HashMismatch(item);
        if (Phase == StudyPhase.Running)
            return Decision<AggregateEvent>.Accept(new AggregateEvent.Failed(item, failure));
        return Failures.IsMismatch(Failure) || Doubts.Any(doubt => doubt.Item == item)
            ? Decision<AggregateEvent>.Nothing
            : Decision<AggregateEvent>.Accept(new AggregateEvent.ResultDoubted(item, failure));
    }

    private Decision<AggregateEvent> Lose(ItemReport.Failed report, string artifactSha256)
    {
        if (artifactSha256 == ProtocolArtifact.Sha256)
            return Decision<AggregateEvent>.Accept(new AggregateEvent.Failed(report.Item, Failures.ProtocolLost));
        if (Ledger.MakerOf(artifactSha256) is not { } maker) return Decision<AggregateEvent>.Nothing;
        return Ledger.LosesAgainAndAgain(maker)
            ? Decision<AggregateEvent>.Accept(new AggregateEvent.Failed(maker, Failures.LostAgain(maker)))
            : Decision<AggregateEvent>.Accept(new AggregateEvent.ResultLost(maker, artifactSha256));
    }
}
