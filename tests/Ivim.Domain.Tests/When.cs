using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests;

/// <summary>Commands and reports on their way through a decider, and what they leave behind.</summary>
public static class When
{
    public static ImmutableArray<TEvent> Events<TEvent>(this Decision<TEvent> decision) =>
        Assert.IsType<Decision<TEvent>.Accepted>(decision).Events;

    public static StudyState After(this StudyState study, StudyCommand command) =>
        study.Decide(command).Events().Aggregate(study, (state, fact) => state.Apply(fact));

    public static StudyState After(this StudyState study, ItemReport report) =>
        study.Decide(report).Events().Aggregate(study, (state, fact) => state.Apply(fact));

    public static AggregateState After(this AggregateState maps, AggregateCommand command) =>
        maps.Decide(command).Events().Aggregate(maps, (state, fact) => state.Apply(fact));

    public static AggregateState After(this AggregateState maps, ItemReport report) =>
        maps.Decide(report).Events().Aggregate(maps, (state, fact) => state.Apply(fact));

    public static WorkItem Item(this StudyState study, ItemName name) =>
        Assert.IsType<WorkItem>(StudyPlan.ItemOf(study, name));

    public static WorkItem Item(this AggregateState maps, ItemName name) =>
        Assert.IsType<WorkItem>(AggregatePlan.ItemOf(maps, name));

    public static StudyState AfterFinishing(this StudyState study, ItemName name) =>
        study.After(Finished(study.Item(name)));

    public static AggregateState AfterFinishing(this AggregateState maps, ItemName name) =>
        maps.After(Finished(maps.Item(name)));

    public static ItemReport.Finished Finished(WorkItem item, string variant = "") =>
        new(item.Study, item.Name, item.Key, Given.ResultOf(item, variant));

    public static ItemReport.Failed Failed(WorkItem item, FailureClass why, long epoch = 1, string? lost = null) =>
        new(item.Study, item.Name, item.Key, "worker", epoch, new WorkFailure(why, "TEST", "failed", lost));
}
