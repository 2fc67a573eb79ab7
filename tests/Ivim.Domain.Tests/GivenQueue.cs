using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests;

/// <summary>Items and workers of a queue.</summary>
public static partial class Given
{
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    /// <summary>Odd members are of the class `cuda`, as are workers of odd nodes.</summary>
    public static WorkItem QueueItem(int study, int member) => new(new StudyId($"st-{study}"), ItemOwner.Study,
        ItemName.Weights(member), new ContentKey($"key-{study}-{member}"), [new("stage", "train/1")],
        new ArtifactRef("protocol", 1), [], member % 2 == 0 ? "cpu" : "cuda");

    public static WorkerLabels Worker(string name, long memory = 1) => new(name,
        WorkerLabels.NodeOf(name)[^1] % 2 == 0 ? "cpu" : "cuda", ["train/1"], "cpu", memory);
}
