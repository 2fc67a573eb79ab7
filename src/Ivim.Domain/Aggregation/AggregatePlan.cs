using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Aggregation;

/// <summary>
/// Which items the maps of a study need after training, each with its key once its inputs are known. Pure.
/// </summary>
public static class AggregatePlan
{
    public const string Merged = "merged";
    public const string Polished = "polished";

    /// <summary>Whether a result holds every artifact that other items read.</summary>
    public static bool IsComplete(ItemName name, WorkResult result) => name.Stage switch
    {
        Stage.Merge => result.Outputs.Any(output => output.Name == Merged),
        Stage.Polish => result.Outputs.Any(output => output.Name == Polished),
        _ => !result.Outputs.IsEmpty,
    };

    public static IEnumerable<ItemName> Items(AggregateState maps) => Items(maps.Protocol, maps.SlabCount);

    /// <summary>The same of maps that have, or will have, so many slabs.</summary>
    public static IEnumerable<ItemName> Items(Protocol protocol, int slabCount)
    {
        for (int slab = 0; slab < slabCount; slab++) yield return ItemName.Merge(slab);
        if (protocol.Polishes) yield return ItemName.Polish;
        yield return ItemName.Assemble;
        yield return ItemName.Publish;
    }

    /// <summary>The open items whose inputs are there.</summary>
    public static IEnumerable<WorkItem> Ready(AggregateState maps) => maps.Phase != StudyPhase.Running ? [] :
        Items(maps).Where(name => !maps.Ledger.Results.ContainsKey(name))
            .Select(name => ItemOf(maps, name)).OfType<WorkItem>();

    /// <summary>
    /// The items that have become ready with <paramref name="fact"/>, which <paramref name="maps"/> has applied.
    /// </summary>
    public static IEnumerable<WorkItem> NewlyReady(AggregateState maps, AggregateEvent fact) => fact switch
    {
        AggregateEvent.Opened or AggregateEvent.ResultDoubted => [],
        AggregateEvent.SlabReady ready => One(maps, ItemName.Merge(ready.Slab)),
        AggregateEvent.SlabMerged => One(maps, maps.Protocol.Polishes ? ItemName.Polish : ItemName.Assemble),
        AggregateEvent.Polished => One(maps, ItemName.Assemble),
        AggregateEvent.AttemptFailed failed => One(maps, failed.Item),
        _ => Ready(maps),
    };

    /// <summary>One item with its key; null while an input is missing.</summary>
    public static WorkItem? ItemOf(AggregateState maps, ItemName name) => name.Stage switch
    {
        Stage.Merge when maps.Members.TryGetValue(name.Slab, out var members) => Item(maps, name, members,
            ItemRecipes.Merge(maps.Protocol, members, maps.NumericClass)),
        Stage.Polish when maps.Protocol.Polishes && Slabs(maps) is { } slabs => Polish(maps, slabs),
        Stage.Assemble when Slabs(maps) is { } slabs && WithPolished(maps, slabs) is { } inputs =>
            Assemble(maps, inputs.Insert(0, maps.Frame)),
        Stage.Publish when Files(maps) is { } files => Item(maps, name, files,
            ItemRecipes.Publish(files, maps.Round, maps.NumericClass)),
        _ => null,
    };

    private static IEnumerable<WorkItem> One(AggregateState maps, ItemName name) =>
        !maps.Ledger.Results.ContainsKey(name) && ItemOf(maps, name) is { } item ? [item] : [];

    private static WorkItem Polish(AggregateState maps, ImmutableArray<WorkInput> slabs)
    {
        var inputs = slabs.Insert(0, maps.Frame);
        return Item(maps, ItemName.Polish, inputs, ItemRecipes.Polish(maps.Protocol, inputs, maps.NumericClass));
    }

    /// <summary>Null while polished maps are wanted and not there.</summary>
    private static ImmutableArray<WorkInput>? WithPolished(AggregateState maps, ImmutableArray<WorkInput> slabs)
    {
        if (!maps.Protocol.Polishes) return slabs;
        return maps.Ledger.Results.TryGetValue(ItemName.Polish, out var settled)
            ? slabs.Add(new WorkInput(Polished, settled.Result.Output(Polished), settled.Key)) : null;
    }

    private static WorkItem Assemble(AggregateState maps, ImmutableArray<WorkInput> inputs) =>
        Item(maps, ItemName.Assemble, inputs,
            ItemRecipes.Assemble(maps.ProtocolArtifact, inputs, maps.NumericClass));

    private static ImmutableArray<WorkInput>? Slabs(AggregateState maps)
    {
        var slabs = ImmutableArray.CreateBuilder<WorkInput>(maps.SlabCount);
        for (int slab = 0; slab < maps.SlabCount; slab++)
        {
            if (!maps.Ledger.Results.TryGetValue(ItemName.Merge(slab), out var settled)) return null;
            slabs.Add(new WorkInput(StudyPlan.SlabName(slab), settled.Result.Output(Merged), settled.Key));
        }
        return slabs.ToImmutable();
    }

    private static ImmutableArray<WorkInput>? Files(AggregateState maps) =>
        maps.Ledger.Results.TryGetValue(ItemName.Assemble, out var settled)
            ? [.. settled.Result.Outputs.Select(file => new WorkInput(file.Name, file.Artifact, settled.Key))]
            : null;

    private static WorkItem Item(AggregateState maps, ItemName name, ImmutableArray<WorkInput> inputs,
        KeyRecipe recipe) =>
        new(maps.Id, ItemOwner.Aggregator, name, recipe.ToKey(), [.. recipe.Fields], maps.ProtocolArtifact, inputs,
            maps.NumericClass);
}
