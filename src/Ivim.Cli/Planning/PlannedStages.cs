using System.Collections.Immutable;
using Ivim.Actors.Planning;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;

namespace Ivim.Cli.Planning;

/// <summary>A forecast in numbers.</summary>
internal static class PlannedStages
{
    /// <param name="times">Null where nothing has to be computed.</param>
    public static IReadOnlyList<PlannedStage> Of(
        ImmutableArray<ForecastItem> items, Protocol protocol, string numericClass, StageTimes? times) =>
    [
        .. items.GroupBy(item => ItemKinds.NameOf(item.Name)).Select(kind =>
        {
            var time = times?.Of(ItemKinds.RecipeOf(kind.First().Name, protocol, numericClass));
            return new PlannedStage(kind.Key, kind.Count(), Count(kind, Outlook.Reused),
                Count(kind, Outlook.Computed) + Count(kind, Outlook.Unknown), Count(kind, Outlook.Unknown),
                time?.Seconds, time?.Measured ?? 0, time?.IsOfSameSettings ?? false);
        }),
    ];

    public static PlannedCounts Counts(ImmutableArray<ForecastItem> items)
    {
        var stages = items.GroupBy(item => Stages.NameOf(item.Name.Stage)).ToList();
        Dictionary<string, int> Of(params Outlook[] outlooks) => stages.ToDictionary(
            stage => stage.Key, stage => stage.Count(item => outlooks.Contains(item.Outlook)));
        return new PlannedCounts(Of(Outlook.Computed, Outlook.Unknown), Of(Outlook.Reused), Of(Outlook.Unknown));
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
