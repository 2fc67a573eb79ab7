using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Studies;

/// <summary>What a study and its aggregator tell about themselves.</summary>
internal static class StudyReports
{
    public static StudyProgress Of(StudyState study, StudyId id, WorkFailure? heldUpBy) => new(
        id,
        study.Phase,
        study.Exists ? Count(StudyPlan.Items(study), study.Ledger, Stages(study.Protocol)) : [],
        study.Maps,
        study.Failure ?? heldUpBy,
        Notes(study.Ledger),
        [.. study.Doubts.Select(doubt => doubt.Failure)]);

    public static AggregateProgress Of(AggregateState maps, StudyId id, WorkFailure? heldUpBy) => new(
        id,
        maps.Phase,
        maps.Phase == StudyPhase.Unknown ? []
            : Count(AggregatePlan.Items(maps), maps.Ledger, maps.Protocol.Polishes
                ? [Stage.Merge, Stage.Polish, Stage.Assemble, Stage.Publish]
                : [Stage.Merge, Stage.Assemble, Stage.Publish]),
        maps.Round,
        maps.Failure ?? heldUpBy,
        Notes(maps.Ledger),
        [.. maps.Doubts.Select(doubt => doubt.Failure)]);

    private static Stage[] Stages(Protocol protocol) => protocol.TrainsStart
        ? [Stage.Prepare, Stage.Start, Stage.Train] : [Stage.Prepare, Stage.Train];

    private static ImmutableArray<StageCount> Count(IEnumerable<ItemName> items, ItemLedger ledger, Stage[] stages)
    {
        var byStage = items.ToLookup(item => item.Stage);
        return
        [
            .. stages.Select(stage => new StageCount(stage, byStage[stage].Count(),
                byStage[stage].Count(ledger.Results.ContainsKey),
                byStage[stage].Count(item =>
                    ledger.Results.TryGetValue(item, out var settled) && settled.Result.Reused)))
        ];
    }

    private static ImmutableArray<string> Notes(ItemLedger ledger) =>
        [.. ledger.Results.Values.SelectMany(settled => settled.Result.Notes).Distinct()];
}
