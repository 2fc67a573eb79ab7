using System.Collections.Immutable;
using Ivim.Actors.Planning;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;

namespace Ivim.Hosting.Planning;

/// <summary>A forecast in numbers.</summary>
internal static class PlannedStages
{
    /// <param name="times">Null where nothing has to be computed.</param>
    public static IReadOnlyList<PlannedStage> Of(ImmutableArray<ForecastItem> items, Protocol protocol,
        string numericClass, StageTimes? times) =>
    [
        .. items.GroupBy(item => ItemKinds.NameOf(item.Name)).Select(kind =>
        {
            var time = times?.Of(ItemKinds.RecipeOf(kind.First().Name, protocol, numericClass));
            return new PlannedStage(kind.Key, kind.Count(), Count(kind, Outlook.Reused),
                Count(kind, Outlook.Computed) + Count(kind, Outlook.Unknown), Count(kind, Outlook.Unknown),
                time?.Seconds, time?.Measured ?? 0, time?.IsOfSameSettings ?? false);
        }),
    ];

    public static PlannedCounts Counts(IReadOnlyList<PlannedStage> stages)
    {
        Dictionary<string, int> Of(Func<PlannedStage, int> count) => stages
            .GroupBy(stage => stage.Kind.Split('/')[0]).ToDictionary(stage => stage.Key, stage => stage.Sum(count));
        return new PlannedCounts(Of(stage => stage.Computed), Of(stage => stage.Reused), Of(stage => stage.Unknown));
    }

    /// <summary>
    /// One kind after the other, each by all workers at a time. Null where the time of any that is needed is unknown.
    /// </summary>
    public static double? Seconds(IReadOnlyList<PlannedStage> stages, int workers)
    {
        double sum = 0;
        foreach (var stage in stages.Where(stage => stage.Computed > 0))
        {
            if (stage.SecondsEach is not { } each) return null;
            sum += each * ((stage.Computed - 1) / workers + 1);
        }
        return sum;
    }

    private static int Count(IEnumerable<ForecastItem> items, Outlook outlook) =>
        items.Count(item => item.Outlook == outlook);
}
