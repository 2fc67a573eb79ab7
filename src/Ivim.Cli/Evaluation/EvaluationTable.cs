using System.Globalization;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Evaluation;

/// <summary>An evaluation for a person: a line for each parameter and region, then the seams of each.</summary>
internal static class EvaluationTable
{
    public static void Write(Terminal terminal, EvaluationReport report)
    {
        var errors = new TextTable(textColumns: 2,
        [
            "parameter", "region", "voxels", "true mean", "RMSE", "NRMSE", "bias %", "CV %", "rank corr.",
            "constant RMSE",
        ]);
        foreach (var parameter in report.Parameters)
        {
            foreach (var region in parameter.Regions) errors.Add(Row(parameter.Parameter, region));
        }
        errors.Write(terminal);
        WriteSeams(terminal, report);
        WriteCoverage(terminal, report);
        if (report.UnmappedVoxels > 0)
            terminal.Output.WriteLine($"{report.UnmappedVoxels} voxels have a truth but no estimate and are left out.");
    }

    private static string[] Row(MapParameter parameter, RegionError region)
    {
        var errors = region.Errors;
        double shown = parameter.ShownPerStored;
        return
        [
            parameter.Heading, region.Region, $"{errors.Voxels}", Number(shown * errors.MeanTruth),
            Number(shown * errors.Rmse), Fixed(errors.NormalisedRmse, 3), Fixed(100 * errors.RelativeBias, 1),
            Fixed(100 * errors.CoefficientOfVariation, 1), Fixed(errors.RankCorrelation, 3),
            Number(shown * errors.ConstantRmse),
        ];
    }

    private static void WriteSeams(Terminal terminal, EvaluationReport report)
    {
        if (report.SeamsPairedWith is null) return;
        var seams = new TextTable(textColumns: 1, ["parameter", "seam index", "step at borders", "step elsewhere"]);
        foreach (var (parameter, _, seam, _) in report.Parameters)
        {
            if (seam is null) continue;
            double shown = parameter.ShownPerStored;
            seams.Add(
            [
                parameter.Heading, Fixed(seam.Index, 3), Number(shown * seam.BorderStep),
                Number(shown * seam.InteriorStep),
            ]);
        }
        terminal.Output.WriteLine();
        seams.Write(terminal);
        terminal.Output.WriteLine($"The seam index is paired with the {report.SeamsPairedWith}; 1 is seamless.");
    }

    private static void WriteCoverage(Terminal terminal, EvaluationReport report)
    {
        var table = new TextTable(textColumns: 1, ["parameter", "truth in 90 % interval, %", "where reliable, %"]);
        foreach (var (parameter, _, _, coverage) in report.Parameters)
        {
            if (coverage is null) continue;
            table.Add([parameter.Symbol, Fixed(100 * coverage.All, 1), Fixed(100 * coverage.Reliable, 1)]);
        }
        if (report.Parameters.All(parameter => parameter.Coverage is null)) return;
        terminal.Output.WriteLine();
        table.Write(terminal);
        terminal.Output.WriteLine("Of D* the voxels whose true f is above 0.03.");
    }

    /// <summary>Four significant digits.</summary>
    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Fixed(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture);
}
