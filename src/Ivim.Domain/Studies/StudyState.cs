using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Domain.Studies;

/// <summary>A study as its events tell it; the only authority on which results count. Pure.</summary>
public sealed record StudyState
{
    public static StudyState Unborn { get; } = new();

    public StudyId Id { get; private init; }

    public StudySource Source { get; private init; } = new("", "", "", "");

    public Protocol Protocol { get; private init; } = new();

    public ArtifactRef ProtocolArtifact { get; private init; } = new("", 0);

    public string ProtocolDocument { get; private init; } = "";

    public string NumericClass { get; private init; } = "";

    public StudyPhase Phase { get; private init; }

    public ItemLedger Ledger { get; private init; } = ItemLedger.Empty;

    public WorkFailure? Failure { get; private init; }

    public ImmutableArray<PublishedMap> Maps { get; private init; } = [];

    /// <summary>How often it was submitted again: tells a late word about an earlier life from a present one.</summary>
    public int Reopenings { get; private init; }

    /// <summary>0 until the study is prepared.</summary>
    public int SlabCount { get; private init; }

    /// <summary>The publication that was allowed in this life; 0 where none was.</summary>
    public int AllowedRound { get; private init; }

    /// <summary>The life of the aggregator to which it was allowed.</summary>
    public int AllowedLife { get; private init; }

    /// <summary>Items of which another result was found when the study was at its end.</summary>
    public ImmutableArray<DoubtedItem> Doubts { get; private init; } = [];

    /// <summary>Two results of one key: no submission goes on with either. Null where all is well.</summary>
    public WorkFailure? Quarantine =>
        Failures.IsMismatch(Failure) ? Failure : Doubts.IsEmpty ? null : Doubts[0].Failure;

    /// <summary>The state whose parts these are.</summary>
    public static StudyState From(StudyStateSnapshot snapshot) => new()
    {
        Id = snapshot.Study,
        Source = snapshot.Source,
        Protocol = ProtocolJson.Read(snapshot.ProtocolDocument),
        ProtocolArtifact = ProtocolJson.Reference(snapshot.ProtocolDocument),
        ProtocolDocument = snapshot.ProtocolDocument,
        NumericClass = snapshot.NumericClass,
        Phase = snapshot.Phase,
        Ledger = ItemLedger.From(snapshot.Ledger),
        Failure = snapshot.Failure,
        Maps = snapshot.Maps,
        Reopenings = snapshot.Reopenings,
        SlabCount = snapshot.SlabCount,
        AllowedRound = snapshot.AllowedRound,
        AllowedLife = snapshot.AllowedLife,
        Doubts = snapshot.Doubts,
    };

    public StudyStateSnapshot ToSnapshot() => new(Id, Source, ProtocolDocument, NumericClass, Phase,
        Ledger.ToSnapshot(), Failure, Maps, Reopenings, SlabCount, AllowedRound, AllowedLife,
        Doubts);

    public bool Exists => Phase != StudyPhase.Unknown;

    /// <summary>Which events follow from a command. Pure: same state, same command, same events.</summary>
    public Decision<StudyEvent> Decide(StudyCommand command) => (Phase, command) switch
    {
        (StudyPhase.Unknown, StudyCommand.Submit s) => Begin(s),
        (StudyPhase.Unknown, _) => Decision<StudyEvent>.Reject("the study does not exist"),
        (_, StudyCommand.Submit or StudyCommand.Retry) when Quarantine is { } quarantine =>
            Decision<StudyEvent>.Reject(quarantine.Message, quarantine.Code),
        (StudyPhase.Failed or StudyPhase.Cancelled, StudyCommand.Submit s) =>
            Decision<StudyEvent>.Accept(new StudyEvent.Reopened(s.At)),
        (StudyPhase.Failed or StudyPhase.Cancelled, StudyCommand.Retry r) when r.Reopenings == Reopenings =>
            Decision<StudyEvent>.Accept(new StudyEvent.Reopened(r.At)),
        (_, StudyCommand.Submit or StudyCommand.Retry) => Decision<StudyEvent>.Nothing,
        (StudyPhase.Running or StudyPhase.Published, StudyCommand.RecordLoss loss) => Lose(loss.ArtifactSha256),
        (StudyPhase.Running or StudyPhase.Failed, StudyCommand.Conclude c) => Decision<StudyEvent>.Accept(
            new StudyEvent.Published(c.Maps)),
        (StudyPhase.Running, StudyCommand.GiveUp g) => Decision<StudyEvent>.Accept(
            new StudyEvent.Failed(ItemName.Assemble, g.Failure)),
        (StudyPhase.Running, StudyCommand.Cancel c) => Decision<StudyEvent>.Accept(new StudyEvent.Cancelled(c.At)),
        (_, StudyCommand.AllowPublication a) => Allow(a),
        (_, StudyCommand.RecordLoss or StudyCommand.Conclude or StudyCommand.GiveUp or StudyCommand.Cancel) =>
            Decision<StudyEvent>.Nothing,
        _ => Decision<StudyEvent>.Reject($"a study does not understand {command.GetType().Name}"),
    };

    /// <summary>Which events follow from a worker's report.</summary>
    public Decision<StudyEvent> Decide(ItemReport report) => (Phase, report) switch
    {
        (StudyPhase.Unknown, _) => Decision<StudyEvent>.Reject("the study does not exist"),
        (_, ItemReport.Finished finished) => Finish(finished),
        (_, ItemReport.Failed failed) => Fail(failed),
        _ => Decision<StudyEvent>.Nothing,
    };

    /// <summary>The machine has held an item up for too long.</summary>
    public Decision<StudyEvent> GiveUp(ItemName item, WorkFailure failure) => Phase == StudyPhase.Running
        ? Decision<StudyEvent>.Accept(new StudyEvent.Failed(item, failure)) : Decision<StudyEvent>.Nothing;

    /// <summary>What a worker's result means to the study.</summary>
    public ResultVerdict Judge(ItemReport.Finished report) =>
        Ledger.Judge(report, Phase == StudyPhase.Running ? StudyPlan.ItemOf(this, report.Item)?.Key : null);

    /// <summary>The state after a fact. An unknown fact is corruption, so it throws.</summary>
    public StudyState Apply(StudyEvent fact) => fact switch
    {
        StudyEvent.Submitted e => this with
        {
            Id = e.Study,
            Source = e.Source,
            Protocol = ProtocolJson.Read(e.ProtocolDocument),
            ProtocolArtifact = ProtocolJson.Reference(e.ProtocolDocument),
            ProtocolDocument = e.ProtocolDocument,
            NumericClass = e.NumericClass,
            Phase = StudyPhase.Running,
        },
        StudyEvent.Prepared e => this with
        {
            Ledger = Ledger.Settle(ItemName.Prepare, e.Key, e.Result),
            SlabCount = e.Result.Outputs.Count(o => o.Name.StartsWith("slab-", StringComparison.Ordinal)),
        },
        StudyEvent.MemberTrained e => this with { Ledger = Ledger.Settle(e.Item, e.Key, e.Result) },
        StudyEvent.AttemptFailed e => this with { Ledger = Ledger.Count(e.Item, e.Worker, e.Epoch, e.Failure) },
        StudyEvent.ResultLost e => this with { Ledger = Ledger.Lose(e.Item), Phase = StudyPhase.Running },
        StudyEvent.Failed e => this with
        {
            Phase = StudyPhase.Failed, Failure = e.Failure, Ledger = Ledger.End(e.Item, e.Failure),
        },
        StudyEvent.Cancelled => this with { Phase = StudyPhase.Cancelled, AllowedRound = 0 },
        StudyEvent.Reopened => this with
        {
            Phase = StudyPhase.Running, Failure = null, Ledger = Ledger.ForgetAttempts(), Reopenings = Reopenings + 1,
            AllowedRound = 0,
        },
        StudyEvent.Published e => this with { Phase = StudyPhase.Published, Maps = e.Maps },
        StudyEvent.PublicationAllowed e => this with { AllowedRound = e.Round, AllowedLife = e.Reopenings },
        StudyEvent.ResultDoubted e => this with { Doubts = Doubts.Add(new DoubtedItem(e.Item, e.Failure)) },
        _ => throw new InvalidOperationException($"no fold for {fact.GetType().Name}"),
    };

    /// <summary>An output of a settled item as the input of another; null while it is not settled.</summary>
    public WorkInput? InputFrom(ItemName maker, string output, string name) =>
        Ledger.Results.TryGetValue(maker, out var settled)
            ? new WorkInput(name, settled.Result.Output(output), settled.Key) : null;

    /// <summary>The maps of every member of a slab, in member order; null while one is missing.</summary>
    public ImmutableArray<WorkInput>? MembersOf(int slab)
    {
        var members = Enumerable.Range(0, Protocol.MemberCount)
            .Select(member => InputFrom(ItemName.Maps(slab, member), StudyPlan.Maps, $"member-{member:D2}")).ToList();
        return members.Contains(null) ? null : [.. members!];
    }

    internal StudyState With(Safeguards safeguards) =>
        this with { Ledger = Ledger with { Safeguards = safeguards } };

    private Decision<StudyEvent> Finish(ItemReport.Finished report) =>
        Judge(report) switch
        {
            ResultVerdict.Counts when !StudyPlan.IsComplete(this, report.Item, report.Result) =>
                Decision<StudyEvent>.Accept(new StudyEvent.Failed(report.Item, Failures.Incomplete(report.Item))),
            ResultVerdict.Counts when report.Item == ItemName.Prepare => Decision<StudyEvent>.Accept(
                new StudyEvent.Prepared(report.Key, report.Result)),
            ResultVerdict.Counts => Decision<StudyEvent>.Accept(
                new StudyEvent.MemberTrained(report.Item, report.Key, report.Result)),
            ResultVerdict.Mismatch => Doubt(report.Item),
            _ => Decision<StudyEvent>.Nothing,
        };

    private Decision<StudyEvent> Fail(ItemReport.Failed report) =>
        Ledger.Judge(report, Phase == StudyPhase.Running ? StudyPlan.ItemOf(this, report.Item)?.Key : null) switch
        {
            FailureVerdict.Mismatch => Doubt(report.Item),
            _ when Phase != StudyPhase.Running => Decision<StudyEvent>.Nothing,
            FailureVerdict.Restore => Lose(report.Failure.LostArtifact ?? ""),
            FailureVerdict.Retry => Decision<StudyEvent>.Accept(
                new StudyEvent.AttemptFailed(report.Item, report.Worker, report.Epoch, report.Failure)),
            FailureVerdict.End => Decision<StudyEvent>.Accept(new StudyEvent.Failed(report.Item, report.Failure)),
            _ => Decision<StudyEvent>.Nothing,
        };

    /// <summary>Two results of one key: the end of a running study, and an alarm for one at its end.</summary>
    private Decision<StudyEvent> Doubt(ItemName item)
    {
        var failure = Failures.HashMismatch(item);
        if (Phase == StudyPhase.Running)
            return Decision<StudyEvent>.Accept(new StudyEvent.Failed(item, failure));
        return Failures.IsMismatch(Failure) || Doubts.Any(doubt => doubt.Item == item) ? Decision<StudyEvent>.Nothing
            : Decision<StudyEvent>.Accept(new StudyEvent.ResultDoubted(item, failure));
    }

    /// <remarks>
    /// Each life of the aggregator costs a write, by which an incarnation that is behind its journal learns that it is.
    /// </remarks>
    private Decision<StudyEvent> Allow(StudyCommand.AllowPublication a) => this switch
    {
        { Phase: StudyPhase.Cancelled } => Decision<StudyEvent>.Reject("the study is cancelled"),
        { Quarantine: { } quarantine } => Decision<StudyEvent>.Reject(quarantine.Message, quarantine.Code),
        _ when (AllowedRound, AllowedLife) == (a.Round, a.Reopenings) => Decision<StudyEvent>.Nothing,
        _ => Decision<StudyEvent>.Accept(new StudyEvent.PublicationAllowed(a.Round, a.Reopenings)),
    };

    /// <remarks>
    /// A late word of the aggregator may have published the study while an item was open, so even an artifact that is
    /// known to be lost sets a published study going again.
    /// </remarks>
    private Decision<StudyEvent> Lose(string artifactSha256)
    {
        var maker = Ledger.MakerOf(artifactSha256)
            ?? (Phase == StudyPhase.Published ? Ledger.FormerMakerOf(artifactSha256) : null);
        if (artifactSha256 == ProtocolArtifact.Sha256)
            return Decision<StudyEvent>.Accept(new StudyEvent.Failed(ItemName.Prepare, Failures.ProtocolLost));
        if (maker is not { } item) return Decision<StudyEvent>.Nothing;
        return Ledger.LosesAgainAndAgain(item)
            ? Decision<StudyEvent>.Accept(new StudyEvent.Failed(item, Failures.LostAgain(item)))
            : Decision<StudyEvent>.Accept(new StudyEvent.ResultLost(item, artifactSha256));
    }

    /// <summary>
    /// A document that cannot be read must not reach the journal: the study could never be recovered.
    /// </summary>
    private static Decision<StudyEvent> Begin(StudyCommand.Submit s)
    {
        try
        {
            ProtocolJson.Read(s.ProtocolDocument);
        }
        catch (RefusalException e)
        {
            return Decision<StudyEvent>.Reject(e.Message);
        }
        return Decision<StudyEvent>.Accept(
            new StudyEvent.Submitted(s.Study, s.Source, s.ProtocolDocument, s.NumericClass, s.At));
    }
}
