namespace Ivim.Physics.Evaluation;

/// <summary>How far estimates of one parameter are from the truth, over one set of voxels.</summary>
/// <remarks>
/// A quotient whose denominator is 0 is 0 where its numerator is 0 too, and infinite otherwise; never NaN.
/// </remarks>
public sealed record ErrorMetrics
{
    public required int Voxels { get; init; }

    public required double MeanTruth { get; init; }

    public required double MeanEstimate { get; init; }

    /// <summary>Root mean squared error, in the unit of the parameter.</summary>
    public required double Rmse { get; init; }

    /// <summary>RMSE / mean truth.</summary>
    public required double NormalisedRmse { get; init; }

    /// <summary>Mean error / mean truth.</summary>
    public required double RelativeBias { get; init; }

    /// <summary>Median estimate / median truth, less 1: what a region's typical voxel is off by.</summary>
    public required double RelativeMedianBias { get; init; }

    /// <summary>Standard deviation / mean of the estimates: means something in a homogeneous region only.</summary>
    public required double CoefficientOfVariation { get; init; }

    /// <summary>RMSE of a map that is the mean truth everywhere: what an estimate has to beat.</summary>
    public required double ConstantRmse { get; init; }

    /// <summary>Spearman's rank correlation of estimate and truth; 0 where one of them is constant.</summary>
    public required double RankCorrelation { get; init; }

    /// <param name="estimate">Finite, length V ≥ 1.</param>
    /// <param name="truth">Finite, length V, same unit.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no voxel.</exception>
    public static ErrorMetrics Of(ReadOnlySpan<float> estimate, ReadOnlySpan<float> truth)
    {
        if (estimate.Length != truth.Length || estimate.Length == 0)
        {
            throw new ArgumentException(
                $"{estimate.Length} estimates for {truth.Length} true values", nameof(estimate));
        }
        double meanEstimate = Mean(estimate), meanTruth = Mean(truth);
        double squares = 0;
        for (int i = 0; i < truth.Length; i++)
            squares += ((double)estimate[i] - truth[i]) * ((double)estimate[i] - truth[i]);
        double rmse = Math.Sqrt(squares / truth.Length);
        return new ErrorMetrics
        {
            Voxels = truth.Length,
            MeanTruth = meanTruth,
            MeanEstimate = meanEstimate,
            Rmse = rmse,
            NormalisedRmse = Quotient(rmse, meanTruth),
            RelativeBias = Quotient(meanEstimate - meanTruth, meanTruth),
            RelativeMedianBias = RelativeMedian(estimate, truth),
            CoefficientOfVariation = Quotient(Deviation(estimate, meanEstimate, estimate.Length - 1), meanEstimate),
            ConstantRmse = Deviation(truth, meanTruth, truth.Length),
            RankCorrelation = Evaluation.RankCorrelation.Spearman(estimate, truth),
        };
    }

    private static double RelativeMedian(ReadOnlySpan<float> estimate, ReadOnlySpan<float> truth)
    {
        double middle = Median(truth);
        return Quotient(Median(estimate) - middle, middle);
    }

    /// <summary>Of an even number, the mean of the two in the middle.</summary>
    private static double Median(ReadOnlySpan<float> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return ((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return sum / values.Length;
    }

    private static double Deviation(ReadOnlySpan<float> values, double mean, int degreesOfFreedom)
    {
        double squares = 0;
        foreach (float value in values) squares += (value - mean) * (value - mean);
        return degreesOfFreedom <= 0 ? 0 : Math.Sqrt(squares / degreesOfFreedom);
    }

    private static double Quotient(double numerator, double denominator) =>
        numerator == 0 ? 0
        : denominator == 0 ? double.PositiveInfinity * Math.Sign(numerator)
        : numerator / denominator;
}
