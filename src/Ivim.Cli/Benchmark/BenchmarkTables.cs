using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Cli.Mapping;

namespace Ivim.Cli.Benchmark;

/// <summary>The numbers for other programs: everything as JSON, every run and region as a line of CSV.</summary>
internal static class BenchmarkTables
{
    private const string Schema = "ivim-benchmark/1";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Json(BenchmarkResult result) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Schema,
        result.Machine,
        result.Plan.Seed,
        Size = result.Plan.Size.ToString(),
        result.Plan.Realisations,
        result.Plan.NetworkRealisations,
        result.Plan.NetworkSeeds,
        Units = CellEvaluation.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Unit),
        LeastErrorsOfRandomVoxels = result.LeastErrors.Select(entry => new { Snr = entry.Key, Rmse = entry.Value }),
        result.Rows,
        result.Cells,
        result.Failed,
    }, Format);

    public static byte[] Csv(BenchmarkResult result)
    {
        var text = new StringBuilder("phantom,snr,realisation,network_seed,method,parameter,unit,region,voxels,"
            + "mean_truth,rmse,relative_bias,relative_median_bias,cv,rank_correlation,constant_rmse,"
            + "coverage90,seam,at_bounds\n");
        foreach (var cell in result.Cells)
        {
            foreach (var parameter in CellEvaluation.Parameters) Append(text, cell, parameter);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, CellResult cell, MapParameter parameter)
    {
        var found = cell.Parameters[parameter.Name];
        foreach (var region in found.Regions)
        {
            var errors = region.Errors;
            bool pooled = region.Label is null;
            object?[] values =
            [
                cell.Phantom, cell.SignalToNoise, cell.Realisation, cell.NetworkSeed, cell.Method, parameter.Name,
                parameter.Unit, region.Region, errors.Voxels, errors.MeanTruth, errors.Rmse, errors.RelativeBias,
                errors.RelativeMedianBias, errors.CoefficientOfVariation, errors.RankCorrelation, errors.ConstantRmse,
                pooled ? found.Coverage : null, pooled ? found.Seam : null, pooled ? found.AtBounds : null,
            ];
            text.AppendJoin(',', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))
                .Append('\n');
        }
    }
}
