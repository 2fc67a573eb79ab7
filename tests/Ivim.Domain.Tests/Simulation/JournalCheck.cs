using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>What an event means to the items of its owner.</summary>
internal readonly record struct Meaning(ItemName? Settles, ItemName? Reopens, ContentKey Key, WorkResult? Result)
{
    public static Meaning Of(object fact) => fact switch
    {
        StudyEvent.Prepared e => new(ItemName.Prepare, null, e.Key, e.Result),
        StudyEvent.MemberTrained e => new(e.Item, null, e.Key, e.Result),
        StudyEvent.ResultLost e => new(null, e.Item, default, null),
        AggregateEvent.SlabMerged e => new(ItemName.Merge(e.Slab), null, e.Key, e.Result),
        AggregateEvent.Polished e => new(ItemName.Polish, null, e.Key, e.Result),
        AggregateEvent.Assembled e => new(ItemName.Assemble, null, e.Key, e.Result),
        AggregateEvent.Published e => new(ItemName.Publish, null, e.Key, e.Result),
        AggregateEvent.SlabReady e => new(null, ItemName.Merge(e.Slab), default, null),
        AggregateEvent.PublicationWanted => new(null, ItemName.Publish, default, null),
        AggregateEvent.ResultLost e => new(null, e.Item, default, null),
        _ => default,
    };
}

/// <summary>Reads along in a journal: no item is counted twice, no key has two results (I2).</summary>
internal sealed class JournalCheck<TEvent>(World world, SimulatedStudy study)
    where TEvent : class
{
    private readonly Dictionary<ItemName, ContentKey> _settled = [];

    public void Take(TEvent fact)
    {
        world.Note(fact);
        study.Take(fact);
        if (fact is StudyEvent.Failed failed) world.Blame.Check(study, failed);
        var meaning = Meaning.Of(fact);
        if (meaning.Reopens is { } open) _settled.Remove(open);
        if (meaning.Settles is not { } item) return;
        if (!_settled.TryAdd(item, meaning.Key)) world.Violate("I2", $"{item} is counted twice");
        if (world.Counted.TryGetValue(meaning.Key, out var known) && !known.Agrees(meaning.Result!))
            world.Violate("I2", $"two results of the key of {item} are counted");
        world.Counted[meaning.Key] = meaning.Result!;
        foreach (var output in meaning.Result!.Outputs)
            if (!world.IsCommitted(output.Artifact.Sha256) && !world.Faults.Has(Fault.Flip))
                world.Violate("I6", $"{item} counts without its artifact");
    }
}
