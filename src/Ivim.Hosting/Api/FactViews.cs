using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Api;

/// <summary>What callers read of the events of a study and of its maps.</summary>
internal static class FactViews
{
    /// <param name="seconds">How long the item took whose result has a key; null where nobody knows.</param>
    /// <returns>Null for an event that tells people nothing.</returns>
    public static FactView? Of(DatedFact dated, Func<ContentKey, double?> seconds)
    {
        if (dated.Counted is { } counted) return Result(counted.Item, counted.Key, counted.Result);
        return dated.Fact switch
        {
            StudyEvent.Submitted => Plain(FactNames.Submitted),
            StudyEvent.AttemptFailed failed => Failure(FactNames.Attempt, failed.Item, failed.Failure, failed.Worker),
            AggregateEvent.AttemptFailed failed =>
                Failure(FactNames.Attempt, failed.Item, failed.Failure, failed.Worker),
            StudyEvent.ResultLost lost => Plain(FactNames.Lost, lost.Item),
            AggregateEvent.ResultLost lost => Plain(FactNames.Lost, lost.Item),
            // The aggregator itself has told of it, and by which item.
            StudyEvent.Failed { Item.Stage: Stage.Assemble } => null,
            StudyEvent.Failed failed => Failure(FactNames.Failed, failed.Item, failed.Failure),
            AggregateEvent.Failed failed => Failure(FactNames.Failed, failed.Item, failed.Failure),
            StudyEvent.ResultDoubted doubted => Failure(FactNames.Doubted, doubted.Item, doubted.Failure),
            AggregateEvent.ResultDoubted doubted => Failure(FactNames.Doubted, doubted.Item, doubted.Failure),
            StudyEvent.Reopened => Plain(FactNames.Reopened),
            StudyEvent.Cancelled => Plain(FactNames.Cancelled),
            StudyEvent.Published => Plain(FactNames.Published),
            AggregateEvent.PublicationWanted => Plain(FactNames.Republished),
            _ => null,
        };

        FactView Plain(string fact, ItemName? item = null) =>
            new(dated.At, fact, item?.ToString(), null, null, null, null);

        FactView Result(ItemName item, ContentKey key, WorkResult result) => result.Reused
            ? Plain(FactNames.Reused, item) : Plain(FactNames.Done, item) with { Seconds = seconds(key) };

        FactView Failure(string fact, ItemName item, WorkFailure failure, string? worker = null) =>
            new(dated.At, fact, item.ToString(), worker, failure.Code, failure.Message, null);
    }
}
