using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Reports.Pages;
using static Ivim.Actors.Reports.ReportWords;

namespace Ivim.Actors.Reports;

/// <summary>The paragraph that a paper can take over: what this very protocol did, and whom to cite.</summary>
internal static class MethodsText
{
    public static ReportSection Section(ReportMaterial material)
    {
        var references = new List<Reference>();
        string text = Of(material, references);
        return new ReportSection("Methods, ready to paste",
        [
            new Paragraph("This text is free of rights (CC0 1.0): copy and change it as you like."),
            new PasteText(text), new ReferenceList(references),
        ]);
    }

    /// <param name="references">Receives what is cited, in the order of the text.</param>
    public static string Of(ReportMaterial material, List<Reference> references)
    {
        var protocol = material.Protocol;
        string id = material.Text("protocolId"), reference = ReferenceB(material);
        return string.Join(' ', new[]
        {
            $"Intravoxel incoherent motion maps were made with ivim {StudyReport.ProgramVersion} (protocol "
                + $"{id[..Math.Min(12, id.Length)]}) from {Acquisition(material)}.",
            Denoising(protocol, references),
            Averaging(protocol) + reference,
            "The model S(b) = S0 [f exp(−b D*) + (1 − f) exp(−b D)] (Le Bihan et al. 1988) was mapped voxel by voxel "
                + FitText.Of(protocol, Cite(references, Citations.Model)) + ".",
            BoundsText(protocol),
            Polish(protocol),
            Uncertainty(protocol),
        }.Where(sentence => sentence.Length > 0));
    }

    private static string Acquisition(ReportMaterial material)
    {
        var (b, averages) = (RunSections.Numbers(material, "bValues"), RunSections.Numbers(material, "averages"));
        string listed = string.Join(", ", b.Zip(averages, (value, count) => count > 1
            ? $"{Number(value, "0.#")} ({Number(count)})" : Number(value, "0.#")));
        string most = material.Protocol.Input.BMaxSecondsPerMm2 is { } limit
            ? $"; higher b-values than {Number(limit)} s/mm² were left out" : "";
        string brackets = averages.Any(count => count > 1) ? " (in brackets: of how many volumes, if several)" : "";
        return $"{Number(averages.Sum())} volumes at {b.Length} b-values, {listed} s/mm²{brackets}{most}";
    }

    private static string Denoising(Protocol protocol, List<Reference> references)
    {
        var rules = protocol.Denoising;
        if (!protocol.Denoises) return "The signals were not denoised.";
        bool isMarchenko = rules.Method == DenoisingMethods.MarchenkoPasturPca;
        Cite(references, isMarchenko ? Citations.Veraart : Citations.Manjon);
        string method = isMarchenko
            ? "Marchenko-Pastur principal component analysis (Veraart et al. 2016)"
            : "local principal component analysis (Manjón et al. 2013)";
        string grid = rules.Grid == "acquired"
            ? ", on the acquired matrix where the noise showed one" : ", on the grid of the image";
        string text = $"The magnitude volumes were denoised by {method} in patches of up to {rules.PatchInPlane} × "
            + $"{rules.PatchInPlane} × {rules.PatchSlices} voxels{grid}";
        if (rules.RicianCorrection == RicianCorrections.None) return text + ".";
        if (rules.RicianCorrection == RicianCorrections.KoayBasser) Cite(references, Citations.Koay);
        return text + (rules.RicianCorrection == RicianCorrections.KoayBasser
            ? ", and the Rician noise floor was taken out (after Koay and Basser 2006)."
            : ", and the Rician noise floor was taken out by the first moment.");
    }

    private static string Averaging(Protocol protocol) => protocol.Input.Averaging switch
    {
        "geometric" => "Volumes of one b-value were averaged geometrically",
        "arithmetic" => "Volumes of one b-value were averaged arithmetically",
        _ => "Volumes of one b-value were averaged, arithmetically over repeats and geometrically over directions "
            + "where those were known",
    };

    private static string ReferenceB(ReportMaterial material) => material.Signals is { } signals
        ? $", and divided by the signal at b = {Number(signals.Frame.ReferenceBSecondsPerMm2, "0.#")} s/mm²."
        : ", and divided by the signal at the lowest b-value.";

    private static string BoundsText(Protocol protocol)
    {
        string Range(Interval interval, double scale) =>
            $"{Number(interval.Lower * scale, "0.####")} to {Number(interval.Upper * scale, "0.####")}";
        return $"Estimates were bounded to D {Range(protocol.Bounds.D, 1000)} and D* "
            + $"{Range(protocol.Bounds.DStar, 1000)} × 10⁻³ mm²/s, f {Range(protocol.Bounds.F, 1)}"
            + (protocol.Method == Methods.Segmented || protocol.IsPublishedNetwork ? "."
                : $", and S0 relative to the reference {Range(protocol.Bounds.S0, 1)}.");
    }

    private static string Polish(Protocol protocol) => !protocol.Polishes ? ""
        : (protocol.MemberCount > 1 ? "The merged maps" : "The maps")
            + " were then polished by a spatial prior that the signals guide, an extension of the method "
            + "by the program ivim (docs/polish.md there), on signals denoised in patches of "
            + $"{protocol.Polish.PatchInPlane} × {protocol.Polish.PatchInPlane} × {protocol.Polish.PatchSlices} "
            + "voxels; maps with and without the polish are published.";

    private static string Uncertainty(Protocol protocol)
    {
        var rules = protocol.Uncertainty;
        string parts = !Stages.MapErrors.Propagates(protocol) ? "the spread of the posterior"
            : (protocol.Denoises ? "the noise that denoising leaves, found by a probe" : "the noise of the residuals")
                + " and carried through the linearised fit, and the misfit of the signals"
                + (!Stages.MapErrors.AddsSpread(protocol) || protocol.MergeRule == MergeRules.LowestLoss ? ""
                    : protocol.Learns ? ", with the spread over the networks" : ", with the spread of the posterior");
        return string.Create(CultureInfo.InvariantCulture,
            $"Standard deviations hold {parts}. D* was called identifiable where f exceeded {rules.ReliableAboveF} ")
            + string.Create(CultureInfo.InvariantCulture,
            $"and its standard deviation was below {rules.ReliableShareOfIgnorance} of that of a uniform distribution ")
            + "over its bounds.";
    }

    private static List<Reference> Cite(List<Reference> references, Reference cited)
    {
        if (!references.Contains(cited)) references.Add(cited);
        return references;
    }
}
