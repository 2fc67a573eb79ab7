using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>What kinds of items there are.</summary>
public static class ItemKinds
{
    private static readonly ArtifactRef NotKnown = new("", 0);

    /// <summary>The stage, or `train` in its two parts: `train/study` and `train/slabs`.</summary>
    public static string NameOf(ItemName name) => name switch
    {
        { IsWeights: true } => "train/study",
        { Stage: Stage.Train } => "train/slabs",
        _ => Stages.NameOf(name.Stage),
    };

    /// <summary>The fields of an item's key that are known before its inputs are.</summary>
    public static KeyRecipe RecipeOf(ItemName name, Protocol protocol, string numericClass) => name switch
    {
        { Stage: Stage.Prepare } =>
            ItemRecipes.Prepare(protocol, new StudySource("", "", "", ""), numericClass),
        { Stage: Stage.Start } => ItemRecipes.Start(
            protocol, name.Member, new WorkInput(StudyPlan.BValues, NotKnown, default), numericClass),
        { IsWeights: true } => ItemRecipes.Weights(protocol, name.Member, [], numericClass),
        { Stage: Stage.Train } => ItemRecipes.Maps(protocol, name.Slab, name.Member, [], numericClass),
        { Stage: Stage.Merge } => ItemRecipes.Merge(protocol, [], numericClass),
        { Stage: Stage.Polish } => ItemRecipes.Polish(protocol, [], numericClass),
        { Stage: Stage.Assemble } => ItemRecipes.Assemble(NotKnown, [], numericClass),
        _ => ItemRecipes.Publish([], 1, numericClass),
    };
}
