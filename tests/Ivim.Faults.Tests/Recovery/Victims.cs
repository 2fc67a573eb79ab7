using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Recovery;

/// <summary>Finds whom a fault would hurt: a worker in the middle of a training that has something to lose.</summary>
internal static class Victims
{
    /// <summary>A worker that has kept a checkpoint and has most of its training before it.</summary>
    public static async Task<Victim> InTrainingAsync(this Scene scene, Func<ClusterProcess, bool>? among = null)
    {
        IReadOnlyList<Victim> victims = [];
        await Until.TrueAsync(() =>
        {
            var history = scene.History;
            victims = [.. scene.Cluster.Processes
                .Where(process => process.Role == ClusterProcess.Worker && (among?.Invoke(process) ?? true))
                .Select(process => Of(process, history)).OfType<Victim>()
                .Where(victim => victim.KeptStep > 0 && victim.KeptStep < scene.Scan.Steps * 6 / 10)];
            return victims.Count > 0;
        }, Timings.Run, "a worker is in the middle of a training");
        return scene.Nemesis.Choose(victims);
    }

    /// <summary>What a process works on: its last run that has not ended.</summary>
    public static Victim? Of(ClusterProcess process, History history)
    {
        var started = history.Facts.LastOrDefault(fact => fact.Pid == process.Pid && fact.Kind == FactKinds.Started);
        if (started?.Key is null) return null;
        var run = history.Facts.Where(fact => fact.Pid == process.Pid && fact.Key == started.Key
            && fact.Epoch == started.Epoch).ToList();
        if (run.Any(fact => fact.Kind is FactKinds.Ended or FactKinds.Reported)) return null;
        return new Victim(process, started.Item!, started.Key, started.Epoch,
            run.Where(fact => fact.Kind == FactKinds.Checkpointed).Max(fact => fact.Steps) ?? 0);
    }

    /// <summary>
    /// Whether the item is anybody's again: from now on it waits for a worker that is free, which is no part of a
    /// recovery.
    /// </summary>
    public static bool IsFreed(this Victim victim, History history) => victim.IsTakenUp(history)
        || history.Facts.Any(fact => fact.Kind is FactKinds.Expired or FactKinds.Released
            && fact.Key == victim.Key && fact.Epoch == victim.Epoch);

    /// <summary>Whether another process has taken the item up since it was lost.</summary>
    public static bool IsTakenUp(this Victim victim, History history) => history.Facts.Any(fact =>
        fact.Kind == FactKinds.Started && fact.Key == victim.Key && fact.Pid != victim.Process.Pid
        && fact.Epoch > victim.Epoch);

    /// <summary>The step that the next run of the item began from; 0 for one that began anew.</summary>
    public static int NextRunFrom(this Victim victim, History history)
    {
        long? epoch = history.Facts.First(fact => fact.Kind == FactKinds.Started && fact.Key == victim.Key
            && fact.Epoch > victim.Epoch).Epoch;
        return history.OfKind(FactKinds.Resumed).Where(fact => fact.Key == victim.Key && fact.Epoch == epoch)
            .Max(fact => fact.FromStep) ?? 0;
    }
}

/// <param name="KeptStep">Step of its last checkpoint.</param>
internal sealed record Victim(ClusterProcess Process, string Item, string Key, long? Epoch, int KeptStep);
