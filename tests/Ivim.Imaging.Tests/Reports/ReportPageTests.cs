using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Reports.Pages;
using SkiaSharp;

namespace Ivim.Imaging.Tests.Reports;

public sealed class ReportPageTests
{
    private const string Evil = "<script>alert(\"1\")</script> & 'x' \u0001";

    /// <summary>A page with every kind of block, and hostile words wherever words may stand.</summary>
    private static ReportPage Page { get; } = new(Evil, Evil,
    [
        new ReportSection(Evil,
        [
            new Paragraph(Evil), new FactList([new Fact(Evil, Evil)]), new NoteList([Evil]), new PasteText(Evil),
            new DataTable(Evil, [Evil], [[new TableCell(Evil, "javascript:" + Evil, Stands: true)]]),
            new ReferenceList([new Reference(Evil, "10.1000/x"), new Reference(Evil)]),
            new ChartRow(
            [
                new HistogramChart(Evil, Evil, 0, 0.1,
                    [new HistogramGroup(Evil, [0.2, 0.8]), new HistogramGroup(Evil, [0.5, 0.5])]),
                new CurveChart(Evil, Evil, [new CurveLine(Evil, [(0, 1), (1, double.NaN), (2, 3)], CurveMark.Line)]),
                new StripChart(Evil, Evil,
                    [new StripGroup(Evil, [new StripMark(Evil, 1, Evil, true), new StripMark(Evil, 2)])]),
            ]),
            Figure([1, 2, 3, 4, float.NaN, 6, 7, 8]),
        ]),
    ]);

    [Fact]
    public void Words_of_other_people_stay_words()
    {
        var document = Read(Page.ToHtml());
        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName == "script");
        string shown = Evil.Replace('\u0001', '\uFFFD');
        Assert.Equal(shown, document.Descendants("h1").Single().Value);
        Assert.Equal(shown, document.Descendants("td").Single().Value);
        Assert.DoesNotContain("<script", Encoding.UTF8.GetString(Page.ToHtml()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_page_leads_nowhere_but_to_publications_and_to_files_beside_it()
    {
        var document = Read(Page.ToHtml());
        foreach (var attribute in document.Descendants().Attributes()
            .Where(attribute => attribute.Name.LocalName is "href" or "src"))
        {
            Assert.True(attribute.Value.StartsWith("https://doi.org/10.", StringComparison.Ordinal)
                || attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal)
                || Regex.IsMatch(attribute.Value, "^(#s[0-9]+|\\./[^/:]+)$"), attribute.Value);
        }
        Assert.DoesNotContain(document.Descendants().Attributes(),
            attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Otherwise a browser would drop the style, and the page would look like nothing.</summary>
    [Fact]
    public void The_policy_allows_the_one_style_sheet_and_nothing_else_of_the_page()
    {
        var document = Read(Page.ToHtml());
        string sheet = document.Descendants("style").Single().Value;
        string policy = document.Descendants("meta").Attributes("content").First().Value;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet))), policy,
            StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Empty(document.Descendants().Attributes("style"));
    }

    [Fact]
    public void Equal_content_gives_equal_bytes() => Assert.Equal(Page.ToHtml(), Page.ToHtml());

    /// <summary>The axis of x points right: its last column is the patient's right, and is drawn left.</summary>
    [Fact]
    public void A_slice_is_drawn_as_radiologists_look_with_its_letters()
    {
        var document = Read(new ReportPage("t", "s", [new ReportSection("m",
            [Figure([1, 0, 0, 0, 1, 0, 0, 0])])]).ToHtml());
        string[] letters = [.. document.Descendants().Where(element => (string?)element.Attribute("class") == "side")
            .Select(element => element.Value)];
        Assert.Equal(["R", "L", "A", "P"], letters[..4]);
        using var bitmap = Bitmap(document.Descendants().First(element => element.Name.LocalName == "image"));
        Assert.Equal((2, 2), (bitmap.Width, bitmap.Height));
        // x = 0, y = 0 is left and back in the volume: right and at the bottom of the picture, in the bright colour.
        Assert.True(Brightness(bitmap, 1, 1) > 2 * Brightness(bitmap, 0, 0));
        Assert.Equal(Brightness(bitmap, 0, 0), Brightness(bitmap, 1, 0));
    }

    [Fact]
    public void A_constant_chart_and_one_without_points_are_drawn()
    {
        var page = new ReportPage("t", "s", [new ReportSection("c", [new ChartRow(
        [
            new CurveChart("a", "b", [new CurveLine("x", [(1, 2), (2, 2)], CurveMark.LineWithPoints)], FromZero: false),
            new CurveChart("a", "b", [], FromZero: true),
            new StripChart("a", "b", [new StripGroup("g", [])]),
            new HistogramChart("a", "b", 0, 1, [new HistogramGroup("x", [0, 0])]),
        ])])]);
        Assert.DoesNotContain("NaN", Encoding.UTF8.GetString(page.ToHtml()), StringComparison.Ordinal);
    }

    private static SliceFigure Figure(float[] values)
    {
        var header = NiftiGeometry.Create(new ImageShape(2, 2, 2, 1),
            new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0]));
        var stack = new SliceStack(header, [.. values.Select(_ => true)], null);
        return new SliceFigure(Evil, "mm", 1, stack, values, 0, 1);
    }

    private static XDocument Read(byte[] page)
    {
        using var text = new StreamReader(new MemoryStream(page), Encoding.UTF8);
        using var xml = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(xml, LoadOptions.PreserveWhitespace);
    }

    private static SKBitmap Bitmap(XElement image) => SKBitmap.Decode(
        Convert.FromBase64String(image.Attribute("href")!.Value["data:image/png;base64,".Length..]));

    private static int Brightness(SKBitmap bitmap, int x, int y) =>
        bitmap.GetPixel(x, y).Red + bitmap.GetPixel(x, y).Green;
}
