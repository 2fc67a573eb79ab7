using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>How each item of a study, or of its aggregator, stands. Pure.</summary>
public static class ItemStatuses
{
    /// <summary>More are on no page: a page has to fit into a message.</summary>
    public const int MostOnPage = 200;

    public static StudyReply.Items Page(StudyState study, StudyId id, int from) => Page(id, from,
        study.Exists ? StudyPlan.Items(study) : [],
        new Owner(study.Phase, study.Ledger, study.Failure, study.Doubts), name => StudyPlan.ItemOf(study, name));

    public static StudyReply.Items Page(AggregateState maps, StudyId id, int from) => Page(id, from,
        maps.Phase == StudyPhase.Unknown ? [] : AggregatePlan.Items(maps),
        new Owner(maps.Phase, maps.Ledger, maps.Failure, maps.Doubts), name => AggregatePlan.ItemOf(maps, name));

    private static StudyReply.Items Page(StudyId id, int from, IEnumerable<ItemName> items, Owner owner,
        Func<ItemName, WorkItem?> work)
    {
        var names = items.Skip(from).Take(MostOnPage + 1).ToList();
        return new StudyReply.Items(id,
            [.. names.Take(MostOnPage).Select(name => Of(name, owner, work))],
            names.Count > MostOnPage ? from + MostOnPage : -1);
    }

    private static ItemStatus Of(ItemName name, Owner owner, Func<ItemName, WorkItem?> work)
    {
        var settled = owner.Ledger.Results.GetValueOrDefault(name);
        var attempts = owner.Ledger.Attempts.Where(attempt => attempt.Item == name).ToList();
        bool isEnd = owner.IsEndedBy(name);
        var phase = isEnd ? ItemPhase.Failed
            : settled is not null ? (settled.Result.Reused ? ItemPhase.Reused : ItemPhase.Done)
            : owner.Phase != StudyPhase.Running ? ItemPhase.Stopped
            : work(name) is null ? ItemPhase.Waiting : ItemPhase.Ready;
        var failure = owner.Doubts.FirstOrDefault(doubt => doubt.Item == name)?.Failure
            ?? (settled is null || isEnd ? attempts.LastOrDefault()?.Failure : null);
        int ended = attempts.Count + owner.Ledger.LossesOf(name) + (settled is { Result.Reused: false } ? 1 : 0);
        return new ItemStatus(name, phase, ended, failure?.Code ?? "", settled?.Result.Outputs ?? []);
    }

    private sealed record Owner(
        StudyPhase Phase, ItemLedger Ledger, WorkFailure? Failure, ImmutableArray<DoubtedItem> Doubts)
    {
        /// <summary>The attempt that ends an owner is its last one.</summary>
        public bool IsEndedBy(ItemName name) => Phase == StudyPhase.Failed
            && Ledger.Attempts is [.., var last] && last.Item == name && last.Failure == Failure;
    }
}
