using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Imaging.Reports.Pages;
using Ivim.Physics;

namespace Ivim.Actors.Reports;

/// <summary>The page of one published study. Equal maps, work folder and scan give equal bytes.</summary>
public static class StudyReport
{
    internal static string ProgramVersion { get; } =
        typeof(StudyReport).Assembly.GetName().Version!.ToString(3);

    /// <param name="dossier">Whose output and name tell where the maps are.</param>
    /// <param name="store">The work folder's; null leaves out what needs signals.</param>
    /// <param name="hasScan">Whether the dossier tells where the scan is.</param>
    /// <exception cref="RefusalException">The folder does not hold the maps of a finished study.</exception>
    public static byte[] Of(StudyDossier dossier, IArtifactStore? store, bool hasScan, ReportRegions? regions = null) =>
        Of(dossier, store, hasScan, regions, provenance: null);

    /// <summary>The page that is published with the maps: these are in place, their provenance not yet.</summary>
    internal static byte[] ToPublish(StudyDossier dossier, IArtifactStore store, byte[] provenance) =>
        Of(dossier, store, hasScan: true, regions: null, provenance);

    private static byte[] Of(StudyDossier dossier, IArtifactStore? store, bool hasScan, ReportRegions? regions,
        byte[]? provenance)
    {
        var material = new ReportMaterial(new Destination(dossier), provenance) { Regions = regions };
        if (store is not null)
            material.Signals = ReportSignals.Find(material.Provenance, material.Protocol, store);
        if (hasScan)
            material.Anatomy = ReportAnatomy.Read(dossier, (string?)material.Provenance["source"]?["image"]);
        return Page(dossier.Name, material).ToHtml();
    }

    private static ReportPage Page(string name, ReportMaterial material)
    {
        var stack = new SliceStack(material.Header, material.Mask, material.Anatomy);
        ReportSection?[] sections =
        [
            RunSections.Run(material), RunSections.Notes(material), RunSections.Input(material),
            RunSections.Noise(material), MapSections.Maps(material, stack), ValueSections.Histograms(material),
            ValueSections.Regions(material), MapSections.Uncertainty(material, stack),
            ResidualSections.Residuals(material), ResidualSections.Fits(material), ResidualSections.Seeds(material),
            SeamSection.Of(material), ValueSections.Bounds(material), MethodsText.Section(material),
        ];
        return new ReportPage(Title(name), "Intravoxel incoherent motion maps", [.. sections.OfType<ReportSection>()]);
    }

    /// <summary>The entities of the name without its suffix.</summary>
    private static string Title(string name) => name.LastIndexOf('_') is > 0 and var end ? name[..end] : name;
}
