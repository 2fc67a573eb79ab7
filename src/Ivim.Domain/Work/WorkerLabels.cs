using System.Collections.Immutable;

namespace Ivim.Domain.Work;

/// <summary>What a worker says of itself when it asks for an item.</summary>
/// <param name="Name">`node-slot`; stays the same for the life of the worker's process and never comes again.</param>
/// <param name="NumericClass">Only items of this class come to the worker.</param>
/// <param name="StageVersions">The versions of the stages that it can run, for example `train/1`.</param>
/// <param name="Device">`cpu` or `cuda`.</param>
/// <param name="MemoryBytes">What one item may use.</param>
public sealed record WorkerLabels(
    string Name, string NumericClass, ImmutableArray<string> StageVersions, string Device, long MemoryBytes)
{
    /// <summary>A worker that has said nothing yet but that it lives.</summary>
    public static WorkerLabels Unknown(string name) => new(name, "", [], "", 0);

    /// <summary>Whether it has said what it can do.</summary>
    public bool IsKnown => NumericClass.Length > 0;

    /// <summary>The process that the worker is a slot of.</summary>
    public string Node => NodeOf(Name);

    /// <summary>The name up to the last '-'.</summary>
    public static string NodeOf(string worker) => worker.LastIndexOf('-') is var at and > 0 ? worker[..at] : worker;

    public bool CanRun(WorkItem item) =>
        item.NumericClass == NumericClass && StageVersions.Contains(item.StageVersion);
}
