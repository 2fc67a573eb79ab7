using System.Globalization;
using Ivim.Cli.Output;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>Items by stage, and how long they take together, for a person.</summary>
internal static class StagesTable
{
    public static void Write(Terminal terminal, IReadOnlyList<PlannedStage> stages)
    {
        var table = new TextTable(1, ["stage", "items", "reused", "computed", "not known yet", "s each"]);
        foreach (var stage in stages)
            table.Add([
                stage.Kind, $"{stage.Total}", $"{stage.Reused}", (stage.Unknown > 0 ? "<= " : "") + stage.Computed,
                $"{stage.Unknown}", stage.SecondsEach is { } each ? Seconds(each) : "-",
            ]);
        table.Write(terminal);
    }

    /// <param name="who">Whose items they are, for example `study st-0123`.</param>
    /// <param name="seconds">Null where it is not known.</param>
    public static void WriteSum(
        Terminal terminal, string who, IReadOnlyList<PlannedStage> stages, double? seconds, int workers)
    {
        int computed = stages.Sum(stage => stage.Computed), reused = stages.Sum(stage => stage.Reused);
        bool isKnown = stages.All(stage => stage.Unknown == 0);
        var work = computed == 0 ? "nothing to compute: every result is there"
            : $"{(isKnown ? "" : "at most ")}{computed} items to compute, {reused} reused";
        terminal.Output.WriteLine($"{who}: {work}{(computed == 0 ? "" : Time(stages, seconds, workers))}");
        if (!isKnown)
            terminal.Output.WriteLine("not known yet: what these items read has yet to be made; "
                + "an item whose input comes out as in an earlier run is reused");
    }

    private static string Time(IReadOnlyList<PlannedStage> stages, double? sum, int workers)
    {
        if (sum is not { } seconds) return ", time not known: no such item was timed here";
        bool isLike = stages.All(stage => stage.Computed == 0 || stage.SameSettings);
        return $", about {Seconds(seconds)} s with {workers} workers" + (isLike ? "" : " (by items of other settings)");
    }

    /// <summary>Three digits, and none of them as a power of ten.</summary>
    private static string Seconds(double seconds) => seconds >= 1000
        ? seconds.ToString("F0", CultureInfo.InvariantCulture) : seconds.ToString("G3", CultureInfo.InvariantCulture);
}
