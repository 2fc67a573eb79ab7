namespace Ivim.Faults.Tests.Histories;

/// <summary>One run of an item by one worker: which training steps it is known to have executed.</summary>
/// <param name="FromStep">Where its checkpoint began; 0 for a run from the start.</param>
/// <param name="LastKeptStep">Its last checkpoint.</param>
/// <param name="EndedSteps">Steps it reported at its end; null for a run that was killed.</param>
internal sealed record ItemRun(string Item, string Key, string Worker, int FromStep, int LastKeptStep, int? EndedSteps)
{
    /// <summary>A killed run has told of its steps up to the last checkpoint.</summary>
    public int ExecutedSteps => EndedSteps ?? Math.Max(0, LastKeptStep - FromStep);

    public static ItemRun Of(IEnumerable<Fact> run)
    {
        var facts = run.ToList();
        int from = facts.Where(fact => fact.Kind == FactKinds.Resumed).Max(fact => fact.FromStep) ?? 0;
        return new ItemRun(facts[0].Item ?? "", facts[0].Key!, facts[0].Worker!, from,
            facts.Where(fact => fact.Kind == FactKinds.Checkpointed).Max(fact => fact.Steps) ?? from,
            facts.Where(fact => fact.Kind == FactKinds.Ended).Max(fact => fact.Steps));
    }
}
