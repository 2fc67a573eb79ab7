using System.Text.Json.Nodes;
using Ivim.Imaging.Denoising;

namespace Ivim.Actors.Stages;

/// <summary>What was found about the noise of a study and done to it, for the provenance.</summary>
internal static class NoiseDocument
{
    public static JsonObject Of(DenoisingReport report) => new()
    {
        ["patch"] = report.Patch.ToString(),
        ["grid"] = report.Grid.OneVolume.ToString(),
        ["acquiredMatrix"] = Matrix(report.Matrix),
        ["noiseCorrelation"] = Correlation(report.Correlation),
        ["noiseCorrelationWhereDenoised"] = Correlation(report.CorrelationOnGrid),
        ["sigmaMedianScannerUnits"] = Number(report.SigmaMedian),
        ["sigmaMedianAbsoluteDeviation"] = Number(report.SigmaDeviation),
        ["residualDeviationScannerUnits"] = Number(report.ResidualDeviation),
        ["independentShareOfVoxels"] = Number(report.IndependentShare),
        ["keptComponentsMedian"] = Number(report.KeptComponentsMedian),
        ["noiseAfterToBefore"] = Number(report.NoiseRatio),
        ["voxelsNotDenoised"] = report.VoxelsNotDenoised,
    };

    private static JsonObject Matrix(AcquiredMatrix matrix) => new()
    {
        ["x"] = matrix.Width,
        ["y"] = matrix.Height,
        ["source"] = matrix.Source switch
        {
            MatrixSource.NotKnown => "not known",
            MatrixSource.Spectrum => "spectrum of the residuals",
            _ => "given",
        },
    };

    private static JsonObject Correlation(NoiseCorrelation correlation) => new()
    {
        ["x"] = Number(correlation.X), ["y"] = Number(correlation.Y), ["z"] = Number(correlation.Z),
    };

    /// <summary>Null where there is none: JSON has no NaN.</summary>
    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
