using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Reports;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Stages;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Reports;

public sealed class StudyReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_section_is_there_and_the_page_can_be_made_again_with_the_same_bytes()
    {
        var (walk, dossier) = Published(StudyWalk.ThreeSlabs);
        var page = File.ReadAllBytes(new Destination(dossier).Report);
        Assert.Equal(
            [
                "What was run", "Warnings", "Input", "Noise", "Maps", "Histograms", "Regions and published values",
                "Uncertainty", "Residuals", "Fits of example voxels", "Slab seams", "Voxels at bounds",
                "Methods, ready to paste",
            ],
            Headings(page));
        Assert.Equal(page, StudyReport.Of(dossier, walk.Store, hasScan: true));
        var text = Encoding.UTF8.GetString(page);
        Assert.DoesNotContain(_folder[""], text, StringComparison.Ordinal);
        Assert.All(Regex.Matches(text, "https?://[^\"<]*").Select(match => match.Value), address =>
            Assert.True(address.StartsWith("https://doi.org/10.", StringComparison.Ordinal)
                || address == "http://www.w3.org/2000/svg", address));
    }

    [Fact]
    public void Without_the_work_folder_the_page_says_what_it_does_not_know()
    {
        var (_, dossier) = Published(StudyWalk.ThreeSlabs);
        var page = StudyReport.Of(dossier, store: null, hasScan: false);
        var text = Encoding.UTF8.GetString(page);
        Assert.Contains("The signals are not known", text, StringComparison.Ordinal);
        Assert.Contains("the scan was not at hand", text, StringComparison.Ordinal);
        Assert.Contains("Slab seams", Headings(page));
    }

    /// <summary>A page that is lost is written again with the maps: a publication is finished with it.</summary>
    [Fact]
    public void A_lost_page_is_published_again()
    {
        var (_, dossier) = Published(StudyWalk.ThreeSlabs);
        var report = new Destination(dossier).Report;
        var page = File.ReadAllBytes(report);
        File.Delete(report);
        new StudyWalk(_folder, dossier, StudyWalk.ThreeSlabs, work: "other").RunUntil(ItemName.Publish);
        Assert.Equal(page, File.ReadAllBytes(report));
    }

    [Fact]
    public void Regions_are_told_by_their_names_which_are_escaped()
    {
        var (_, dossier) = Published(StudyWalk.ThreeSlabs);
        var regions = new ReportRegions([.. Enumerable.Range(0, SmallSeries.Voxels).Select(voxel => voxel % 3)],
            new Dictionary<int, string> { [1] = "Liver", [2] = "<script>x</script>" });
        var rows = Read(StudyReport.Of(dossier, null, false, regions)).Descendants("tr")
            .Select(row => row.Elements().Select(cell => cell.Value).ToArray()).ToList();
        Assert.Contains(rows, row => row[0] == "<script>x</script>");
        // Li et al. 2017 by way of the OSIPI collection: D = 1.09e-3 mm²/s.
        Assert.Contains(rows, row => row[0] == "Liver" && row[2].StartsWith("D [", StringComparison.Ordinal)
            && row[^1] == "1.09");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("half a docu")]
    [InlineData("[4]")]
    [InlineData("""{"schema":"ivim-provenance/1","slabs":[[0]],"protocol":{}}""")]
    public void A_folder_that_is_none_of_ours_is_refused(string provenance)
    {
        var dossier = SmallSeries.Write(_folder["in"]);
        var destination = new Destination(dossier);
        Assert.Equal("REPORT-NO-MAPS", Refusal(dossier));
        Directory.CreateDirectory(Path.GetDirectoryName(destination.Provenance)!);
        File.WriteAllText(destination.Provenance, provenance);
        Assert.Equal("REPORT-PROVENANCE", Refusal(dossier));
    }

    /// <summary>A provenance is a file that anybody can write: it must not choose which file is read.</summary>
    [Fact]
    public void A_key_that_is_none_leads_to_no_file()
    {
        var (walk, _) = Published(StudyWalk.ThreeSlabs);
        var provenance = new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["item"] = "prepare", ["key"] = "../../../etc/passwd" }),
        };
        Assert.Null(ReportSignals.Find(provenance, StudyWalk.ThreeSlabs, walk.Store));
    }

    [Fact]
    public void Every_method_and_denoiser_has_a_paragraph_that_cites_what_it_names()
    {
        var (_, dossier) = Published(StudyWalk.ThreeSlabs);
        var provenance = JsonNode.Parse(File.ReadAllBytes(new Destination(dossier).Provenance))!;
        foreach (string method in Methods.All)
        {
            foreach (string denoising in DenoisingMethods.All)
            {
                var protocol = new Protocol
                {
                    Method = method, Denoising = new DenoisingRules { Method = denoising },
                    Polish = new PolishRules { Method = PolishRules.None },
                };
                provenance["protocol"] = JsonNode.Parse(ProtocolJson.Write(protocol));
                var references = new List<Imaging.Reports.Pages.Reference>();
                var material = new ReportMaterial(new Destination(dossier),
                    Encoding.UTF8.GetBytes(provenance.ToJsonString()));
                string text = MethodsText.Of(material, references);
                Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
                Assert.DoesNotContain("..", text, StringComparison.Ordinal);
                foreach (var (author, cited) in Cited)
                    Assert.Equal(text.Contains(author, StringComparison.Ordinal), references.Contains(cited));
                Assert.Equal(references.Count, references.Distinct().Count());
            }
        }
    }

    private static IEnumerable<(string, Imaging.Reports.Pages.Reference)> Cited =>
    [
        ("Le Bihan", Citations.Model), ("Veraart", Citations.Veraart), ("Manjón", Citations.Manjon),
        ("Barbieri", Citations.Barbieri), ("Kaandorp", Citations.Kaandorp), ("Li and Huang", Citations.Li),
        ("Orton", Citations.Orton), ("Spinner", Citations.Spinner),
    ];

    private static string Refusal(StudyDossier dossier) =>
        Assert.Throws<RefusalException>(() => StudyReport.Of(dossier, null, false)).Code;

    private (StudyWalk Walk, StudyDossier Dossier) Published(Protocol protocol)
    {
        var dossier = SmallSeries.Write(_folder["in"]);
        var walk = new StudyWalk(_folder, dossier, protocol);
        walk.RunUntil(ItemName.Publish);
        return (walk, dossier);
    }

    private static string[] Headings(byte[] page) =>
        [.. Read(page).Descendants("h2").Select(heading => heading.Value)];

    private static XDocument Read(byte[] page)
    {
        using var xml = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(page)),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(xml);
    }
}
