using Ivim.Faults.Tests.Histories;

namespace Ivim.Faults.Tests.Invariants;

/// <summary>What must hold of a finished run's history, read after it.</summary>
internal static class HistoryInvariants
{
    private static readonly string[] AtRest = [FactKinds.Published, FactKinds.Failed, FactKinds.Cancelled];

    /// <summary>I1: at the end every planned item was counted; a study at rest has said why.</summary>
    public static IEnumerable<Violation> NoLostItem(History history)
    {
        foreach (var study in Studies(history))
        {
            string name = study.Key!;
            if (!study.Any(fact => AtRest.Contains(fact.Kind)))
                yield return new Violation("I1", $"study {name} never came to rest");
            foreach (var failed in study.Where(fact => fact is { Kind: FactKinds.Failed, Code: null or "" }))
                yield return new Violation("I1", $"study {name} failed without a code at {failed.At:T}");
            if (!study.Any(fact => fact.Kind == FactKinds.Published)) continue;
            int planned = study.Where(fact => fact.Kind == FactKinds.Planned).Max(fact => fact.Total) ?? 0;
            // A seed that was killed right after it had counted may not have told: then it told of the repeated report.
            int heard = study.Where(fact => fact.Kind is FactKinds.Counted or FactKinds.Duplicate)
                .Select(fact => fact.Item).Distinct().Count();
            if (planned == 0) yield return new Violation("I1", $"study {name} was published without a plan");
            if (heard < planned)
                yield return new Violation("I1", $"study {name} was published with {heard} of {planned} items counted");
            foreach (string lost in LeasedButNeverCounted(study))
                yield return new Violation("I1", $"{lost} of study {name} was leased and never counted");
        }
    }

    /// <summary>I2: each content key is counted once; whatever else was said of it carried the same hash.</summary>
    public static IEnumerable<Violation> CountedOnce(History history)
    {
        foreach (var mismatch in history.OfKind(FactKinds.Mismatch))
            yield return new Violation("I2", $"{mismatch.Item} came with another hash than before");
        // An artifact that was found damaged is made again by its item, knowingly; whoever missed it says so.
        var remade = history.OfKind(FactKinds.Attempt).Where(fact => fact.Cause == LostInput)
            .GroupBy(fact => fact.Study ?? "").ToDictionary(study => study.Key, study => study.Count());
        foreach (var key in history.Facts.Where(fact => fact.Key is not null).GroupBy(fact => (fact.Study, fact.Key)))
        {
            int counted = key.Count(fact => fact.Kind == FactKinds.Counted);
            if (counted > 1 + remade.GetValueOrDefault(key.Key.Study ?? ""))
                yield return new Violation("I2", $"{key.First().Item} was counted {counted} times");
            int hashes = key.Where(fact => fact.Kind is FactKinds.Counted or FactKinds.Duplicate)
                .Select(fact => fact.Hash).OfType<string>().Distinct().Count();
            if (hashes > 1) yield return new Violation("I2", $"{key.First().Item} was heard with {hashes} hashes");
        }
        foreach (var epoch in history.OfKind(FactKinds.Leased).GroupBy(fact => fact.Epoch)
            .Where(epochs => epochs.Count() > 1))
            yield return new Violation("I2", $"epoch {epoch.Key} was given {epoch.Count()} times");
    }

    /// <summary>
    /// I8: while a study is open, work goes on in every window, but for the outages that a test caused.
    /// </summary>
    public static IEnumerable<Violation> Alive(History history, TimeSpan window, IReadOnlyList<Outage> outages)
    {
        foreach (var study in Studies(history))
        {
            var moments = study.Where(fact => FactKinds.IsProgress(fact.Kind) || fact.Kind == FactKinds.Submitted)
                .Select(fact => fact.At).Order().ToList();
            for (int i = 1; i < moments.Count; i++)
            {
                var silent = moments[i] - moments[i - 1] - Within(moments[i - 1], moments[i], outages);
                if (silent > window)
                    yield return new Violation("I8",
                        $"nothing went on for {silent.TotalSeconds:F1} s from {moments[i - 1]:T}");
            }
        }
    }

    /// <summary>I8: a worker that falls silent loses its lease within twice the lease time.</summary>
    public static IEnumerable<Violation> NoOldLease(History history, TimeSpan leaseTime, IReadOnlyList<Outage> outages)
    {
        foreach (var expired in history.OfKind(FactKinds.Expired))
        {
            var lastWord = history.Facts.Where(fact => fact.Worker == expired.Worker && fact.Key == expired.Key
                    && fact.At < expired.At && fact.Epoch == expired.Epoch && fact.Kind != FactKinds.Expired)
                .Select(fact => fact.At).DefaultIfEmpty(expired.At).Max();
            var silent = expired.At - lastWord - Within(lastWord, expired.At, outages);
            // Between two facts of a training lie its checkpoints, one a second.
            if (silent > 2 * leaseTime + TimeSpan.FromSeconds(2))
                yield return new Violation("I8",
                    $"the lease of {expired.Item} lived {silent.TotalSeconds:F1} s in silence");
        }
    }

    private const string LostInput = "LostInput";

    private static IEnumerable<IGrouping<string?, Fact>> Studies(History history) =>
        history.Facts.Where(fact => fact.Study is not null).GroupBy(fact => fact.Study)
            .Where(study => study.Any(fact => fact.Kind is FactKinds.Submitted or FactKinds.Planned));

    private static IEnumerable<string> LeasedButNeverCounted(IEnumerable<Fact> study)
    {
        var facts = study.ToList();
        var counted = facts.Where(fact => fact.Kind is FactKinds.Counted or FactKinds.Duplicate)
            .Select(fact => fact.Item).ToHashSet();
        return facts.Where(fact => fact.Kind == FactKinds.Leased && !counted.Contains(fact.Item))
            .Select(fact => fact.Item ?? "").Distinct();
    }

    private static TimeSpan Within(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<Outage> outages) =>
        outages.Select(outage => Min(outage.To, to) - Max(outage.From, from)).Where(time => time > TimeSpan.Zero)
            .Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>A time in which the test itself had taken away what the work needs.</summary>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset To);
