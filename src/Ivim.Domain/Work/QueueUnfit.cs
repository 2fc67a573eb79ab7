using System.Collections.Immutable;

namespace Ivim.Domain.Work;

/// <content>Items that no connected worker can run.</content>
public sealed partial record QueueState
{
    /// <summary>So many studies at most are named, so that the answer stays a small message.</summary>
    private const int MostStudies = 2000;

    /// <summary>Numeric class and stage version that nobody has, and since when: a moment tells nothing.</summary>
    private ImmutableDictionary<(string Class, string Version), TimeSpan> UnfitSince { get; init; } =
        ImmutableDictionary<(string, string), TimeSpan>.Empty;

    /// <summary>Of all workers that ever asked, for who names another class is likely to be wrong.</summary>
    private ImmutableHashSet<string> SeenClasses { get; init; } = [];

    private QueueState NoteUnfit(TimeSpan now)
    {
        if (Ready.IsEmpty && UnfitSince.IsEmpty) return this;
        var workers = Connected(now).ToList();
        var unfit = Ready.Values.Select(item => (item.NumericClass, item.StageVersion)).Distinct()
            .Where(kind => !workers.Exists(worker => MayRun(worker, kind.NumericClass, kind.StageVersion)))
            .ToImmutableDictionary(kind => kind, kind => UnfitSince.GetValueOrDefault(kind, now));
        return this with { UnfitSince = unfit };
    }

    private ImmutableArray<UnfitItems> Unfit(TimeSpan now)
    {
        var kinds = UnfitSince.Where(kind => now - kind.Value >= Rules.WaitTime).Select(kind => kind.Key).ToHashSet();
        if (kinds.Count == 0) return [];
        return
        [
            .. Ready.Values.Where(item => kinds.Contains((item.NumericClass, item.StageVersion)))
                .Select(item => (item.NumericClass, item.StageVersion, item.Study)).Distinct().Take(MostStudies)
                .GroupBy(entry => (entry.NumericClass, entry.StageVersion), entry => entry.Study)
                .OrderBy(group => group.Key.NumericClass, StringComparer.Ordinal)
                .ThenBy(group => group.Key.StageVersion, StringComparer.Ordinal)
                .Select(group => new UnfitItems(group.Key.NumericClass, group.Key.StageVersion, [.. group])),
        ];
    }

    /// <summary>With what a lease tells of a worker that this queue has only heard renewing.</summary>
    private IEnumerable<WorkerLabels> Connected(TimeSpan now) =>
        Workers.Values.Where(worker => now - worker.At <= Rules.LeaseTime)
            .Select(worker => LabelsOf(worker.Labels, HeldBy(worker.Labels.Name)));

    private static WorkerLabels LabelsOf(WorkerLabels known, Lease? lease) =>
        known.IsKnown || lease is null ? known : known with { NumericClass = lease.Item.NumericClass };

    /// <summary>Nobody is called unfit who has not said what it can do.</summary>
    private static bool MayRun(WorkerLabels worker, string numericClass, string stageVersion) => !worker.IsKnown
        || worker.NumericClass == numericClass
            && (worker.StageVersions.IsEmpty || worker.StageVersions.Contains(stageVersion));
}
