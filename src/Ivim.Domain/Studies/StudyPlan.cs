using System.Collections.Immutable;
using System.Globalization;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;

namespace Ivim.Domain.Studies;

/// <summary>Which items a study needs, and each one with its key as soon as its inputs are known. Pure.</summary>
public static class StudyPlan
{
    public const string Frame = "frame";
    public const string Sample = "sample";
    public const string BValues = "b-values";
    public const string Weights = "weights";
    public const string Start = "start";
    public const string Maps = "maps";

    /// <summary>The output of `prepare` that holds a slab, for example `slab-003`.</summary>
    public static string SlabName(int slab) => "slab-" + slab.ToString("D3", CultureInfo.InvariantCulture);

    /// <summary>Whether a result holds every artifact that other items read.</summary>
    public static bool IsComplete(StudyState study, ItemName name, WorkResult result)
    {
        var outputs = result.Outputs.Select(output => output.Name).ToHashSet();
        return name switch
        {
            { Stage: Stage.Prepare } => outputs.Contains(Frame) && outputs.Contains(SlabName(0))
                && (!study.Protocol.TrainsStudy || outputs.Contains(Sample))
                && (!study.Protocol.TrainsStart || outputs.Contains(BValues)),
            { Stage: Stage.Start } or { IsWeights: true } => outputs.Contains(Weights),
            _ => outputs.Contains(Maps),
        };
    }

    /// <summary>
    /// Every item in the order in which it is wanted; slabs only once the preparation has told how many.
    /// </summary>
    public static IEnumerable<ItemName> Items(StudyState study) => Items(study.Protocol, study.SlabCount);

    /// <summary>The same of a study that has, or will have, so many slabs.</summary>
    public static IEnumerable<ItemName> Items(Protocol protocol, int slabCount)
    {
        yield return ItemName.Prepare;
        if (protocol.TrainsStart)
            for (int member = 0; member < protocol.MemberCount; member++) yield return ItemName.Start(member);
        if (protocol.TrainsStudy)
            for (int member = 0; member < protocol.MemberCount; member++) yield return ItemName.Weights(member);
        for (int member = 0; member < protocol.MemberCount; member++)
            for (int slab = 0; slab < slabCount; slab++) yield return ItemName.Maps(slab, member);
    }

    /// <summary>The open items whose inputs are there.</summary>
    public static IEnumerable<WorkItem> Ready(StudyState study) =>
        study.Phase != StudyPhase.Running ? [] : Open(study, Items(study));

    /// <summary>
    /// The items that have become ready with <paramref name="fact"/>, which <paramref name="study"/> has applied.
    /// </summary>
    public static IEnumerable<WorkItem> NewlyReady(StudyState study, StudyEvent fact) => fact switch
    {
        StudyEvent.MemberTrained { Item.Stage: Stage.Start } trained when study.Protocol.TrainsStudy =>
            Open(study, [ItemName.Weights(trained.Item.Member)]),
        StudyEvent.MemberTrained { Item: { Stage: Stage.Start } or { IsWeights: true } } trained => Open(study,
            Enumerable.Range(0, study.SlabCount).Select(slab => ItemName.Maps(slab, trained.Item.Member))),
        StudyEvent.MemberTrained or StudyEvent.PublicationAllowed or StudyEvent.ResultDoubted => [],
        StudyEvent.AttemptFailed failed => ItemOf(study, failed.Item) is { } item ? [item] : [],
        _ => Ready(study),
    };

    /// <summary>One item with its key; null while an input is missing or the study has no such item.</summary>
    public static WorkItem? ItemOf(StudyState study, ItemName name) => name switch
    {
        { Stage: Stage.Prepare } => Item(study, name, [],
            ItemRecipes.Prepare(study.Protocol, study.Source, study.NumericClass)),
        { Stage: Stage.Start } when study.Protocol.TrainsStart && IsMember(study, name) => StartItem(study, name),
        { IsWeights: true } when study.Protocol.TrainsStudy && IsMember(study, name) => WeightsItem(study, name),
        { Stage: Stage.Train } when name.Slab >= 0 && name.Slab < study.SlabCount && IsMember(study, name) =>
            MapsItem(study, name),
        _ => null,
    };

    private static IEnumerable<WorkItem> Open(StudyState study, IEnumerable<ItemName> items) =>
        items.Where(name => !study.Ledger.Results.ContainsKey(name))
            .Select(name => ItemOf(study, name)).OfType<WorkItem>();

    private static bool IsMember(StudyState study, ItemName name) =>
        name.Member >= 0 && name.Member < study.Protocol.MemberCount;

    private static WorkItem? StartItem(StudyState study, ItemName name) =>
        study.InputFrom(ItemName.Prepare, BValues, BValues) is not { } bValues ? null : Item(study, name, [bValues],
            ItemRecipes.Start(study.Protocol, name.Member, bValues, study.NumericClass));

    private static WorkInput? StartOf(StudyState study, int member) =>
        study.InputFrom(ItemName.Start(member), Weights, Start);

    private static WorkItem? WeightsItem(StudyState study, ItemName name)
    {
        if (study.InputFrom(ItemName.Prepare, Sample, Sample) is not { } sample) return null;
        ImmutableArray<WorkInput> inputs = [sample];
        if (study.Protocol.TrainsStart)
        {
            if (StartOf(study, name.Member) is not { } start) return null;
            inputs = [sample, start];
        }
        return Item(study, name, inputs,
            ItemRecipes.Weights(study.Protocol, name.Member, inputs, study.NumericClass));
    }

    private static WorkItem? MapsItem(StudyState study, ItemName name)
    {
        if (study.InputFrom(ItemName.Prepare, SlabName(name.Slab), "slab") is not { } slab) return null;
        ImmutableArray<WorkInput> inputs = [slab];
        if (study.Protocol.TrainsStudy)
        {
            if (study.InputFrom(ItemName.Weights(name.Member), Weights, Weights) is not { } weights) return null;
            inputs = [slab, weights];
        }
        else if (study.Protocol.TrainsStart)
        {
            if (StartOf(study, name.Member) is not { } start) return null;
            inputs = [slab, start];
        }
        return Item(study, name, inputs,
            ItemRecipes.Maps(study.Protocol, name.Slab, name.Member, inputs, study.NumericClass));
    }

    private static WorkItem Item(StudyState study, ItemName name, ImmutableArray<WorkInput> inputs, KeyRecipe recipe) =>
        new(study.Id, ItemOwner.Study, name, recipe.ToKey(), [.. recipe.Fields], study.ProtocolArtifact, inputs,
            study.NumericClass);
}
