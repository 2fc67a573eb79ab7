using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>What each item of a study still waits for. Pure.</summary>
/// <param name="maps">Of the same study; <see cref="AggregateState.Unborn"/> before it is prepared.</param>
public sealed class WaitingReasons(StudyState study, AggregateState maps)
{
    private readonly Protocol _protocol = study.Protocol;

    /// <summary>Every item in the order in which it is wanted; slabs only once the preparation has told them.</summary>
    public ImmutableArray<ItemPosition> All() =>
    [
        .. StudyPlan.Items(study).Select(Position),
        .. AggregatePlan.Items(_protocol, study.SlabCount).Select(Position),
    ];

    /// <returns>Null where the study has no such item.</returns>
    public ItemPosition? Of(ItemName name) => IsPlanned(name) ? Position(name) : null;

    /// <summary>The items whose results another one reads.</summary>
    public IEnumerable<ItemName> InputsOf(ItemName name) => name switch
    {
        { Stage: Stage.Prepare } => [],
        { Stage: Stage.Start } => [ItemName.Prepare],
        { IsWeights: true } => _protocol.TrainsStart
            ? [ItemName.Prepare, ItemName.Start(name.Member)] : [ItemName.Prepare],
        { Stage: Stage.Train } => [ItemName.Prepare, .. LearntBy(name.Member)],
        { Stage: Stage.Merge } => Enumerable.Range(0, _protocol.MemberCount)
            .Select(member => ItemName.Maps(name.Slab, member)),
        { Stage: Stage.Polish } => Merges(),
        { Stage: Stage.Assemble } => _protocol.Polishes ? [ItemName.Polish] : Merges(),
        _ => [ItemName.Assemble],
    };

    private IEnumerable<ItemName> LearntBy(int member) =>
        _protocol.TrainsStudy ? [ItemName.Weights(member)]
        : _protocol.TrainsStart ? [ItemName.Start(member)] : [];

    /// <summary>How many there will be is not known before the preparation.</summary>
    private IEnumerable<ItemName> Merges() => study.SlabCount == 0
        ? [ItemName.Prepare] : Enumerable.Range(0, study.SlabCount).Select(ItemName.Merge);

    private ItemPosition Position(ItemName name)
    {
        var work = StudyPlan.ItemOf(study, name) ?? (maps.Phase == StudyPhase.Unknown
            ? null : AggregatePlan.ItemOf(maps, name));
        if (SettledOf(name) is { } settled)
            return new ItemPosition(name, settled.Result.Reused ? ItemStanding.Reused : ItemStanding.Done, [],
                settled.Key, work?.Key == settled.Key ? work : null);
        ImmutableArray<ItemName> missing = [.. InputsOf(name).Where(input => SettledOf(input) is null)];
        var standing = HasStopped(name) ? ItemStanding.Stopped
            : missing.IsEmpty ? ItemStanding.Ready : ItemStanding.Waiting;
        return new ItemPosition(name, standing, missing, work?.Key, work);
    }

    private Settled? SettledOf(ItemName name) =>
        study.Ledger.Results.GetValueOrDefault(name) ?? maps.Ledger.Results.GetValueOrDefault(name);

    /// <summary>A published study may be brought to its destination once more, by its maps alone.</summary>
    private bool HasStopped(ItemName name)
    {
        if (study.Phase is StudyPhase.Failed or StudyPhase.Cancelled) return true;
        bool isOfMaps = name.Stage is Stage.Merge or Stage.Polish or Stage.Assemble or Stage.Publish;
        return isOfMaps && maps.Phase is (StudyPhase.Failed or StudyPhase.Cancelled);
    }

    private bool IsPlanned(ItemName name) =>
        StudyPlan.Items(_protocol, SlabsUpTo(name)).Contains(name)
        || AggregatePlan.Items(_protocol, SlabsUpTo(name)).Contains(name);

    /// <summary>Before the preparation any slab may come to be.</summary>
    private int SlabsUpTo(ItemName name) => study.SlabCount > 0 ? study.SlabCount : name.Slab + 1;
}
