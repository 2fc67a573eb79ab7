using System.Globalization;
using System.Text;
using Ivim.Cli.Mapping;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Benchmark;

/// <summary>The section of docs/accuracy.md that the benchmark writes itself.</summary>
internal static class BenchmarkMarkdown
{
    // D and D* in mm²/s, f as a fraction, so that a table has few digits.
    private static readonly double[] Shown = [1e6, 1e3, 1e3];

    /// <param name="pictures">Folder of the pictures, as seen from the document.</param>
    public static string Of(BenchmarkResult result, string pictures)
    {
        var text = new StringBuilder();
        var (plan, machine) = (result.Plan, result.Machine);
        text.Append(CultureInfo.InvariantCulture, $"""
            `ivim benchmark`, version {machine.Version}, commit {machine.Commit}, {machine.Processor},
            {machine.Runtime}; seed {plan.Seed}, phantoms of {plan.Size} voxels, {plan.Realisations} draws of the noise
            ({plan.NetworkRealisations} for networks). docs/benchmark.md says what is compared and how.

            """);
        foreach (var phantom in result.ByPhantom) AppendPhantom(text, result, phantom, pictures);
        if (result.Failed.Count > 0)
        {
            text.Append("\n### Runs that failed\n\n");
            foreach (var run in result.Failed)
                text.Append(CultureInfo.InvariantCulture,
                    $"* {run.Phantom}, SNR {run.SignalToNoise}, draw {run.Realisation}, `{run.Method}`: {run.Code}\n");
        }
        return text.ToString();
    }

    private static void AppendPhantom(
        StringBuilder text, BenchmarkResult result, IGrouping<string, SummaryRow> phantom, string pictures)
    {
        double[] ratios = [.. phantom.Select(row => row.SignalToNoise).Distinct().Order()];
        bool isRandom = BenchmarkPhantom.Named(phantom.Key).IsRandom;
        var reference = isRandom ? MethodSets.ReferenceOfRandom : MethodSets.Reference;
        text.Append(CultureInfo.InvariantCulture, $"""

            ### {phantom.Key}

            ![RMSE against the signal-to-noise ratio]({pictures}{BenchmarkPicture.FileName(phantom.Key)})

            RMSE of D [1e-6 mm²/s] / f [1e-3] / D* [1e-3 mm²/s]; after it the geometric mean of the three divided by
            that of `{reference}` on the same noise, with its 95 % interval over the draws.


            """);
        AppendRow(text, ["method", .. ratios.Select(snr => $"SNR {snr.ToString(CultureInfo.InvariantCulture)}")]);
        AppendRow(text, [.. Enumerable.Repeat("---", ratios.Length + 1)]);
        foreach (var method in phantom.GroupBy(row => row.Method))
            AppendRow(text, [$"`{method.Key}`", .. ratios.Select(snr => Errors(method, snr))]);
        AppendRow(text, ["*the mean truth everywhere*", .. ratios.Select(snr => Triple(
            phantom.First(row => row.SignalToNoise == snr).Parameters, parameter => parameter.ConstantRmse))]);
        if (isRandom)
            AppendRow(text, ["*least possible of one voxel*", .. ratios.Select(snr => Least(result, snr))]);
        AppendDetails(text, phantom, ratios.MinBy(snr => Math.Abs(Math.Log(snr / 50))), isRandom);
    }

    private static void AppendDetails(
        StringBuilder text, IEnumerable<SummaryRow> phantom, double snr, bool isRandom)
    {
        text.Append(CultureInfo.InvariantCulture, $"""

            At SNR {snr}, D / f / D*. Bias: of the median of the worst region, for f and D* of those with f above 0.05.
            Coverage: truth inside the published 90 % interval, for D* where f is above 0.03.


            """);
        string[] head =
        [
            "method", "draws", "rank correlation", "worst bias %", "coverage %", "seam index", "spread over seeds %",
            "at bounds %",
        ];
        if (isRandom) head = [.. head, "D-f / D-D* / f-D* of the estimates"];
        AppendRow(text, head);
        AppendRow(text, [.. head.Select(_ => "---")]);
        foreach (var row in phantom.Where(row => row.SignalToNoise == snr))
        {
            string[] cells =
            [
                $"`{row.Method}`", $"{row.Realisations}",
                Triple(row, found => found.RankCorrelation, "F2"), WorstBias(row),
                Triple(row, found => 100 * found.Coverage, "F0"), Triple(row, found => found.Seam, "F2"),
                Triple(row, found => 100 * found.SeedSpread, "F1"),
                Triple(row, found => 100 * found.AtBounds, "F1"),
            ];
            if (isRandom)
                cells = [.. cells, string.Join(" / ", row.Correlations.Values.Select(value => Number(value, "F2")))];
            AppendRow(text, cells);
        }
    }

    private static string Errors(IEnumerable<SummaryRow> method, double snr)
    {
        if (method.FirstOrDefault(row => row.SignalToNoise == snr) is not { } row) return "";
        var errors = Triple(row.Parameters, parameter => parameter.Rmse.Estimate);
        return row.Ratio is { } ratio ? $"{errors}; {Interval(ratio, row.Realisations)}" : errors;
    }

    /// <summary>One draw has no interval.</summary>
    private static string Interval(BootstrapInterval ratio, int realisations) => realisations == 1
        ? Number(ratio.Estimate, "F2")
        : $"{Number(ratio.Estimate, "F2")} ({Number(ratio.Lower, "F2")} to {Number(ratio.Upper, "F2")})";

    private static string Least(BenchmarkResult result, double snr) =>
        result.LeastErrors.TryGetValue(snr, out var least)
            ? string.Join(" / ", CellEvaluation.Parameters.Select(
                (parameter, i) => Number(Shown[i] * least[parameter.Name])))
            : "";

    private static string Triple(
        IReadOnlyDictionary<string, SummaryParameter> parameters, Func<SummaryParameter, double> value) =>
        string.Join(" / ", CellEvaluation.Parameters.Select(
            (parameter, i) => Number(Shown[i] * value(parameters[parameter.Name]))));

    /// <summary>Empty where no parameter has the number.</summary>
    private static string Triple(SummaryRow row, Func<SummaryParameter, double?> value, string format)
    {
        double?[] values = [.. CellEvaluation.Parameters.Select(parameter => value(row.Parameters[parameter.Name]))];
        return values.All(found => found is null)
            ? ""
            : string.Join(" / ", values.Select(found => found is { } number ? Number(number, format) : "-"));
    }

    private static string WorstBias(SummaryRow row)
    {
        var fractions = row.Parameters[MapParameter.F.Name].Regions
            .ToDictionary(region => region.Region, region => region.MeanTruth);
        return string.Join(" / ", CellEvaluation.Parameters.Select(parameter =>
        {
            var regions = row.Parameters[parameter.Name].Regions
                .Where(region => region.Region != RegionalErrors.PooledName)
                .Where(region => parameter == MapParameter.D || fractions[region.Region] > 0.05);
            return regions.MaxBy(region => Math.Abs(region.RelativeMedianBias)) is { } worst
                ? Number(100 * worst.RelativeMedianBias, "F0") : "-";
        }));
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Number(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Three digits without an exponent: 1230, 12.3, 0.0123.</summary>
    private static string Number(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return Number(value, "G");
        int digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double unit = Math.Pow(10, -Math.Min(digits, 0));
        return Number(digits <= 0 ? Math.Round(value / unit) * unit : value,
            "F" + Math.Max(digits, 0));
    }
}
