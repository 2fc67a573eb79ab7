namespace Ivim.Imaging.Reports.Pages;

/// <summary>Strips of marks, one strip for each group; a mark leads to the report of its study.</summary>
internal static class StripWriter
{
    private const int Lanes = 9;
    private const int LongestName = 12;

    public static void Write(MarkupWriter markup, StripChart chart)
    {
        var up = ChartWriter.Range(chart.Groups.SelectMany(group => group.Marks).Select(mark => mark.Value),
            fromZero: false);
        var frame = new ChartFrame(new ValueRange(0, chart.Groups.Count), up);
        frame.Axes(markup, chart.Across, withTicksAcross: false);
        for (int i = 0; i < chart.Groups.Count; i++)
        {
            ChartFrame.Label(markup, frame.X(i + 0.5), ChartFrame.Floor + 17, "middle", Short(chart.Groups[i].Name));
            var marks = chart.Groups[i].Marks;
            for (int k = 0; k < marks.Count; k++)
            {
                // Not by chance: neighbours in the list lie in lanes far apart, and the page is the same each time.
                double lane = (k * 4 % Lanes + 1.0) / (Lanes + 1);
                Mark(markup, marks[k], frame.X(i + 0.2 + 0.6 * lane), frame.Y(marks[k].Value));
            }
            if (marks.Count > 1) Middle(markup, frame, marks, i);
        }
    }

    private static void Mark(MarkupWriter markup, StripMark mark, double x, double y)
    {
        if (!double.IsFinite(mark.Value)) return;
        if (mark.Link is { } link) markup.Open("a", ("href", BlockWriter.Beside(link)));
        markup.Open("circle", ("cx", MarkupWriter.Number(x)), ("cy", MarkupWriter.Number(y)),
            ("r", mark.IsOutlier ? "4.5" : "3.2"), ("fill", mark.IsOutlier ? "#c2281d" : "#2f6db3"),
            ("fill-opacity", "0.75")).Element("title", mark.Name).Close();
        if (mark.Link is not null) markup.Close();
    }

    private static void Middle(MarkupWriter markup, ChartFrame frame, IReadOnlyList<StripMark> marks, int group)
    {
        double[] sorted = [.. marks.Select(mark => mark.Value).Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return;
        double y = frame.Y((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
        ChartFrame.Line(markup, frame.X(group + 0.15), y, frame.X(group + 0.85), y, "#22262e");
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
