using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>Who persists the result of an item.</summary>
public enum ItemOwner
{
    None = 0,
    Study = 1,
    Aggregator = 2,
}

/// <summary>What a worker leases: one stage applied to one part of one study.</summary>
/// <param name="Key">The content key; its fields are in <paramref name="Recipe"/>.</param>
/// <param name="Recipe">Name and value of every key field, in order.</param>
/// <param name="Protocol">The canonical protocol document in the artifact store.</param>
/// <param name="Inputs">What the item reads, with lineage.</param>
public sealed record WorkItem(
    StudyId Study,
    ItemOwner Owner,
    ItemName Name,
    ContentKey Key,
    ImmutableArray<KeyValuePair<string, string>> Recipe,
    ArtifactRef Protocol,
    ImmutableArray<WorkInput> Inputs,
    string NumericClass)
{
    /// <summary>Identity in the queue: a study's item, whatever its key.</summary>
    public ItemId Id => new(Study, Name);

    /// <summary>The version of the stage that the key was made for, for example `train/1`.</summary>
    public string StageVersion => Recipe.FirstOrDefault(entry => entry.Key == "stage").Value ?? "";

    /// <exception cref="KeyNotFoundException">The item has no such input: a defect of the plan.</exception>
    public WorkInput Input(string name) => Inputs.FirstOrDefault(input => input.Name == name)
        ?? throw new KeyNotFoundException($"{Name} has no input {name}");
}

public readonly record struct ItemId(StudyId Study, ItemName Name)
{
    public override string ToString() => $"{Study}/{Name}";
}
