using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;

namespace Ivim.Faults.Tests.Invariants;

/// <summary>I11 and I9: what the API said while the run went on, against what had happened by then.</summary>
internal static class StatusTruth
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The least that must be told is what was counted five seconds before; the most is what is counted at all.
    /// </summary>
    public static IEnumerable<Violation> Check(
        IReadOnlyList<StatusSample> samples, History history, IReadOnlyList<Outage> outages)
    {
        // A commit whose answer was lost is told of by the repeated report.
        var counted = history.OfKind(FactKinds.Counted, FactKinds.Duplicate).ToList();
        int before = 0;
        foreach (var sample in samples)
        {
            bool disturbed = outages.Any(outage => outage.From - Lag < sample.At && sample.At < outage.To + Lag);
            int least = counted.Where(fact => fact.At < sample.At - Lag).Select(fact => fact.Item).Distinct().Count();
            int most = counted.Where(fact => fact.At < sample.At + Lag).Select(fact => fact.Item).Distinct().Count();
            if (!disturbed && (sample.Done < least || sample.Done > most))
                yield return new Violation("I11",
                    $"at {sample.At:T} the API told of {sample.Done} done, {least} to {most} were");
            if (sample.Done < before)
                yield return new Violation("I9", $"at {sample.At:T} {sample.Done} items were done, {before} before");
            before = sample.Done;
        }
    }
}
