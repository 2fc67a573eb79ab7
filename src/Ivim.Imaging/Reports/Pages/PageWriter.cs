using System.Globalization;
using System.Text;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>A page as HTML: no script, nothing from elsewhere, every text escaped.</summary>
internal static class PageWriter
{
    public static byte[] Write(ReportPage page)
    {
        var markup = new MarkupWriter();
        markup.Open("html", ("lang", "en")).Line();
        Head(markup, page.Title);
        markup.Open("body").Line().Element("h1", page.Title).Line();
        markup.Element("p", page.Subtitle, ("class", "subtitle")).Line();
        Contents(markup, page.Sections);
        for (int i = 0; i < page.Sections.Count; i++)
        {
            markup.Open("section", ("id", Name(i))).Line().Element("h2", page.Sections[i].Heading).Line();
            foreach (var block in page.Sections[i].Blocks) BlockWriter.Write(markup, block);
            markup.Close().Line();
        }
        markup.Close(2).Line();
        return Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + markup);
    }

    private static void Head(MarkupWriter markup, string title)
    {
        markup.Open("head").Line().Empty("meta", ("charset", "utf-8")).Line();
        markup.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", PageStyle.Policy)).Line();
        markup.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        markup.Empty("meta", ("name", "referrer"), ("content", "no-referrer")).Line();
        markup.Element("title", title).Line();
        // Escaping would change the bytes that the policy's hash is of: the sheet has nothing to escape.
        markup.Open("style").Raw(PageStyle.Sheet).Close().Line().Close().Line();
    }

    private static void Contents(MarkupWriter markup, IReadOnlyList<ReportSection> sections)
    {
        markup.Open("nav");
        for (int i = 0; i < sections.Count; i++)
            markup.Element("a", sections[i].Heading, ("href", "#" + Name(i))).Line();
        markup.Close().Line();
    }

    private static string Name(int section) => "s" + (section + 1).ToString(CultureInfo.InvariantCulture);
}
