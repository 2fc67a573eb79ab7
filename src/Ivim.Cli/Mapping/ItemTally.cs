using Ivim.Domain.Work;
using Ivim.Hosting;

namespace Ivim.Cli.Mapping;

/// <summary>How many items of each stage were computed for a submission, and how many were there already.</summary>
internal sealed record ItemTally(IReadOnlyDictionary<string, int> Computed, IReadOnlyDictionary<string, int> Reused)
{
    public static ItemTally Of(StudyOutcome outcome)
    {
        var computed = outcome.After.ToDictionary(
            count => Stages.NameOf(count.Stage),
            // Bringing finished files to their destination once more makes no other result.
            count => count.Stage == Stage.Publish && outcome.Republished
                ? count.Done : outcome.Computed.Count(item => item.Stage == count.Stage));
        return new ItemTally(computed, outcome.After.ToDictionary(count => Stages.NameOf(count.Stage),
            count => count.Done - computed[Stages.NameOf(count.Stage)]));
    }

    /// <remarks>Of a server only counts are known: what was lost meanwhile and made again is not told.</remarks>
    /// <param name="before">When the submission arrived.</param>
    /// <param name="republished">
    /// Whether the files were brought to the destination again although the study was finished.
    /// </param>
    public static ItemTally Of(
        IEnumerable<StageProgress> before, IEnumerable<StageProgress> after, bool republished)
    {
        var then = before.ToDictionary(stage => stage.Stage);
        var computed = new Dictionary<string, int>();
        var reused = new Dictionary<string, int>();
        foreach (var stage in after)
        {
            var earlier = then.GetValueOrDefault(stage.Stage);
            bool redone = stage.Stage == Stages.NameOf(Stage.Publish) && republished;
            int there = redone ? 0 : (earlier?.Done ?? 0) + stage.Reused - (earlier?.Reused ?? 0);
            reused[stage.Stage] = there;
            // A study that was cancelled or failed has left some undone.
            computed[stage.Stage] = Math.Max(0, stage.Done - there);
        }
        return new ItemTally(computed, reused);
    }
}
