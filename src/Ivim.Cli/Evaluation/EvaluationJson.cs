using System.Text.Json.Nodes;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Evaluation;

/// <summary>An evaluation for a script: one line, stored units, null where a number is not finite.</summary>
internal static class EvaluationJson
{
    public static string Of(EvaluationReport report)
    {
        var parameters = new JsonObject();
        foreach (var (parameter, regions, seam, coverage) in report.Parameters)
        {
            parameters[parameter.Name] = new JsonObject
            {
                ["unit"] = parameter.Unit,
                ["regions"] = new JsonArray([.. regions.Select(Region)]),
                ["seam"] = seam is null ? null : Seam(seam),
                ["coverageOf90Percent"] = coverage is null ? null : Finite(coverage.All),
                ["coverageOf90PercentWhereReliable"] = coverage is null ? null : Finite(coverage.Reliable),
            };
        }
        return new JsonObject
        {
            ["voxels"] = report.Voxels,
            ["unmappedVoxels"] = report.UnmappedVoxels,
            ["seamsPairedWith"] = report.SeamsPairedWith,
            ["parameters"] = parameters,
            ["warnings"] = new JsonArray(),
            ["errors"] = new JsonArray(),
        }.ToJsonString();
    }

    private static JsonObject Region(RegionError region) => new()
    {
        ["region"] = region.Region,
        ["label"] = region.Label,
        ["voxels"] = region.Errors.Voxels,
        ["meanTruth"] = Finite(region.Errors.MeanTruth),
        ["meanEstimate"] = Finite(region.Errors.MeanEstimate),
        ["rmse"] = Finite(region.Errors.Rmse),
        ["normalisedRmse"] = Finite(region.Errors.NormalisedRmse),
        ["relativeBias"] = Finite(region.Errors.RelativeBias),
        ["relativeMedianBias"] = Finite(region.Errors.RelativeMedianBias),
        ["coefficientOfVariation"] = Finite(region.Errors.CoefficientOfVariation),
        ["rankCorrelation"] = Finite(region.Errors.RankCorrelation),
        ["constantRmse"] = Finite(region.Errors.ConstantRmse),
    };

    private static JsonObject Seam(SeamIndex seam) => new()
    {
        ["index"] = Finite(seam.Index),
        ["borderStep"] = Finite(seam.BorderStep),
        ["interiorStep"] = Finite(seam.InteriorStep),
    };

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
