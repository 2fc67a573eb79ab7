using Ivim.Faults.Tests.Histories;

namespace Ivim.Faults.Tests.Invariants;

/// <summary>I4: what faults make the cluster do twice is bounded by the checkpoints.</summary>
/// <param name="Planned">Training steps that the study needs.</param>
/// <param name="Executed">Training steps that the runs told of.</param>
/// <param name="LeasesLost">Leases that expired.</param>
/// <param name="CheckpointInterval">The most steps that lay between two checkpoints of a run.</param>
/// <param name="Leases">All leases.</param>
/// <param name="Hedged">Leases that were second copies.</param>
internal sealed record Rework(int Planned, int Executed, int LeasesLost, int CheckpointInterval, int Leases, int Hedged)
{
    public int Redone => Math.Max(0, Executed - Planned);

    /// <summary>Two per cent, and one checkpoint interval for each lease that was lost.</summary>
    public int Allowed => (int)Math.Ceiling(Planned * 0.02) + LeasesLost * CheckpointInterval;

    /// <param name="plannedSteps">Steps of each training item, by content key or by item name.</param>
    public static Rework Of(History history, int plannedSteps)
    {
        var runs = history.Runs().ToList();
        return new Rework(plannedSteps, runs.Sum(run => run.ExecutedSteps), history.LeasesLost,
            LongestInterval(history), history.Count(FactKinds.Leased),
            history.Facts.Count(fact => fact.IsHedge));
    }

    public IEnumerable<Violation> Check(bool hedgingIsTheFault = false)
    {
        if (Redone > Allowed)
            yield return new Violation("I4", $"{Redone} steps were done again, {Allowed} may be "
                + $"({LeasesLost} leases lost, a checkpoint every {CheckpointInterval} steps)");
        int allowedCopies = (int)Math.Ceiling(Leases * 0.05) + 1;
        if (Hedged > allowedCopies && !hedgingIsTheFault)
            yield return new Violation("I4", $"{Hedged} of {Leases} leases were second copies, {allowedCopies} may be");
    }

    private static int LongestInterval(History history)
    {
        int longest = 0;
        foreach (var run in history.OfKind(FactKinds.Checkpointed, FactKinds.Resumed, FactKinds.Started)
            .GroupBy(fact => (fact.Worker, fact.Key, fact.Epoch)))
        {
            int last = run.Max(fact => fact.FromStep) ?? 0;
            foreach (var kept in run.Where(fact => fact.Steps is not null).OrderBy(fact => fact.Steps))
            {
                longest = Math.Max(longest, kept.Steps!.Value - last);
                last = kept.Steps.Value;
            }
        }
        return longest;
    }
}
