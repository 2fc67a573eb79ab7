namespace Ivim.Hosting.Membership;

/// <summary>
/// How long what is seen must last before it is acted on: <c>stable-after</c> without a change, but not for ever.
/// </summary>
/// <remarks>
/// Seeds and workers have separate clocks, so that workers that come and go by the dozen do not keep a lost seed in the
/// cluster. A node that is unreachable, back, and unreachable again within <c>stable-after</c> counts as
/// missing since the first time; after three times <c>stable-after</c> of that it is acted on as it is seen now. The
/// decision is then the usual one about the nodes that are unreachable at that moment: reachable ones are never downed,
/// and no instability downs everybody.
/// </remarks>
public sealed class Patience(TimeSpan stableAfter)
{
    private const int Bound = 3;

    private readonly Dictionary<string, Spell> _spells = [];
    private readonly Dictionary<string, TimeSpan> _heard = [];
    private string _seeds = "";
    private TimeSpan _seedsSince;

    /// <summary>
    /// Remembers what is seen. Gives the view back with nodes marked as heard that were so within stable-after: each
    /// new gossip has been seen by nobody yet.
    /// </summary>
    /// <param name="now">Of a clock that only goes forward.</param>
    public SeedView Observe(TimeSpan now, SeedView view)
    {
        var present = view.Nodes.Select(node => node.Node).ToHashSet();
        foreach (var gone in _spells.Keys.Where(node => !present.Contains(node)).ToArray()) _spells.Remove(gone);
        foreach (var gone in _heard.Keys.Where(node => !present.Contains(node)).ToArray()) _heard.Remove(gone);
        foreach (var node in view.Nodes) Observe(now, node);

        var seeds = $"{view.Ballot} {view.Side}";
        if (seeds != _seeds) (_seeds, _seedsSince) = (seeds, now);
        return view with { Nodes = [.. view.Nodes.Select(node => node with { IsHeard = IsHeard(now, node) })] };
    }

    /// <summary>Whether the seeds have been seen like this long enough, or have gone to and fro long enough.</summary>
    public bool IsSettled(TimeSpan now, SeedView view) => now - _seedsSince >= stableAfter
        || view.Nodes.Any(node => node.Votes && AbsenceOf(now, node.Node) == Absence.Endless);

    public Absence AbsenceOf(TimeSpan now, string node)
    {
        if (!_spells.TryGetValue(node, out var spell) || spell.ReturnedAt is not null) return Absence.Brief;
        if (now - spell.First >= Bound * stableAfter) return Absence.Endless;
        return now - spell.Latest >= stableAfter ? Absence.Lasting : Absence.Brief;
    }

    private void Observe(TimeSpan now, NodeView node)
    {
        if (node.IsHeard) _heard[node.Node] = now;
        bool isKnown = _spells.TryGetValue(node.Node, out var spell);
        if (!node.IsReachable) _spells[node.Node] = isKnown ? spell!.AwayAt(now) : new Spell(now, now, null);
        else if (isKnown && now - spell!.ReturnedAt >= stableAfter) _spells.Remove(node.Node);
        else if (isKnown) _spells[node.Node] = spell! with { ReturnedAt = spell.ReturnedAt ?? now };
    }

    private bool IsHeard(TimeSpan now, NodeView node) =>
        !node.IsReachable && _heard.TryGetValue(node.Node, out var last) && now - last < stableAfter;

    /// <param name="First">Since when it has been away, returns shorter than stable-after not counted.</param>
    /// <param name="Latest">Since when it has been away without a return.</param>
    private sealed record Spell(TimeSpan First, TimeSpan Latest, TimeSpan? ReturnedAt)
    {
        public Spell AwayAt(TimeSpan now) => ReturnedAt is null ? this : new Spell(First, now, null);
    }
}
