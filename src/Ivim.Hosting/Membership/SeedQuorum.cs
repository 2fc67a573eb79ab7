using System.Collections.Immutable;

namespace Ivim.Hosting.Membership;

/// <summary>
/// Who goes on after a cut: the side with more than half of the seeds. Workers are never counted, so that a hundred
/// spot machines that vanish at once take nobody with them.
/// </summary>
public static class SeedQuorum
{
    /// <param name="view">One that has lasted long enough to be believed.</param>
    /// <param name="absence">How long a node has been unreachable; one that only just went gets its time.</param>
    public static SeedDecision Decide(SeedView view, Func<string, Absence> absence)
    {
        var votes = view.Nodes.Where(node => node.Votes).ToArray();
        var lost = view.Nodes.Where(node => !node.IsReachable && node.MayBeDowned).ToArray();
        if (votes.Length == 0 || lost.Length == 0) return new SeedDecision.Nothing();

        int present = votes.Count(node => node.IsReachable || node.IsHeard);
        var condemned = Condemned(view, lost, absence).ToImmutableArray();
        return (2 * present).CompareTo(votes.Length) switch
        {
            < 0 => new SeedDecision.DownSelf(),
            _ when condemned.IsEmpty => new SeedDecision.Nothing(),
            0 => new SeedDecision.Arbitrate(view.Ballot, view.Side, condemned),
            _ => new SeedDecision.Down(condemned),
        };
    }

    /// <summary>
    /// All whom nobody hears, all lost workers, and of seeds that only miss each other (both are heard by the rest)
    /// every one but the first by address, which is the same choice wherever it is made. A first one that nobody but
    /// itself finds well is given up later.
    /// </summary>
    private static IEnumerable<string> Condemned(SeedView view, NodeView[] lost, Func<string, Absence> absence)
    {
        var apart = lost.Where(node => node is { Votes: true, IsHeard: true }).Select(node => node.Node).ToArray();
        // One alone misses somebody who sees it as lost, and that is this seed as far as it knows.
        var first = (apart.Length == 1 ? apart.Append(view.Self) : apart).Min(StringComparer.Ordinal);
        return lost.Select(node => node.Node).Where(node => absence(node) switch
        {
            Absence.Brief => false,
            Absence.Lasting => !apart.Contains(node) || node != first,
            _ => true,
        });
    }
}

/// <summary>How long a node has been unreachable, in the measure of <see cref="Patience"/>.</summary>
public enum Absence
{
    Brief,
    Lasting,
    Endless,
}
