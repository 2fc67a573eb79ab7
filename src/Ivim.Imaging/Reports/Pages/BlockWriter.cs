namespace Ivim.Imaging.Reports.Pages;

/// <summary>Each kind of block as elements.</summary>
internal static class BlockWriter
{
    private const string DoiAddress = "https://doi.org/";

    public static void Write(MarkupWriter markup, ReportBlock block)
    {
        switch (block)
        {
            case Paragraph paragraph: markup.Element("p", paragraph.Text); break;
            case FactList facts: Facts(markup, facts); break;
            case DataTable table: Table(markup, table); break;
            case NoteList notes: Notes(markup, notes); break;
            case PasteText text: markup.Element("p", text.Text, ("class", "paste")); break;
            case ReferenceList list: References(markup, list); break;
            case ChartRow row: Charts(markup, row); break;
            case SliceFigure slices: SliceFigureWriter.Write(markup, slices); break;
            default: throw new ArgumentException($"no element for a {block.GetType().Name}", nameof(block));
        }
        markup.Line();
    }

    private static void Facts(MarkupWriter markup, FactList list)
    {
        markup.Open("dl").Line();
        foreach (var fact in list.Facts) markup.Element("dt", fact.Name).Element("dd", fact.Value).Line();
        markup.Close();
    }

    private static void Table(MarkupWriter markup, DataTable table)
    {
        markup.Open("div", ("class", "scroll")).Open("table").Element("caption", table.Caption).Line();
        markup.Open("thead").Open("tr");
        foreach (string column in table.Columns) markup.Element("th", column);
        markup.Close(2).Line().Open("tbody").Line();
        foreach (var row in table.Rows)
        {
            markup.Open("tr");
            foreach (var cell in row) Cell(markup, cell);
            markup.Close().Line();
        }
        markup.Close(3);
    }

    private static void Cell(MarkupWriter markup, TableCell cell)
    {
        if (cell.Stands) markup.Open("td", ("class", "stands"));
        else markup.Open("td");
        if (cell.Link is { } link) markup.Element("a", cell.Text, ("href", Beside(link)));
        else markup.Text(cell.Text);
        markup.Close();
    }

    private static void Notes(MarkupWriter markup, NoteList list)
    {
        markup.Open("ul", ("class", "notes")).Line();
        foreach (string note in list.Notes) markup.Element("li", note).Line();
        markup.Close();
    }

    private static void References(MarkupWriter markup, ReferenceList list)
    {
        markup.Open("ol", ("class", "references")).Line();
        foreach (var reference in list.References)
        {
            markup.Open("li").Text(reference.Text);
            if (reference.Doi is { } doi) markup.Text(" ").Element("a", "doi:" + doi, ("href", DoiAddress + doi));
            markup.Close().Line();
        }
        markup.Close();
    }

    private static void Charts(MarkupWriter markup, ChartRow row)
    {
        markup.Open("div", ("class", "charts")).Line();
        foreach (var chart in row.Charts)
        {
            markup.Open("figure").Element("figcaption", chart.Heading);
            ChartWriter.Write(markup, chart);
            markup.Close().Line();
        }
        markup.Close();
    }

    /// <summary>A link leads to a file beside the page and nowhere else, whatever its name.</summary>
    public static string Beside(string name) => "./" + Uri.EscapeDataString(name);
}
