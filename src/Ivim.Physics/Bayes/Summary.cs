namespace Ivim.Physics.Bayes;

/// <summary>Turns the record of a finished stage into maps.</summary>
internal static class Summary
{
    private const double LowerQuantile = 0.15865525393145707, UpperQuantile = 1 - LowerQuantile;   // ± 1 sd, normal
    private const double Converged = 1.1;

    /// <param name="sampled">μ, Σ and their R-hat, from the stage that sampled them.</param>
    public static BayesResult Of(SamplerStage stage, BayesInput input, (Population Population, double RHat) sampled)
    {
        var result = new BayesResult(input.Voxels)
        {
            Population = sampled.Population,
            PopulationRHat = sampled.RHat,
            Unfitted = input.Voxels - stage.Slots.Voxels,
        };
        for (int slot = 0; slot < stage.Slots.Count; slot++)
        {
            int voxel = stage.Slots.VoxelOf[slot];
            if (voxel == VoxelSlots.Padding) continue;
            for (int parameter = 0; parameter < Population.Parameters; parameter++)
                result.QuantilesAtLimit += Write(result.Maps[parameter], voxel, stage, slot, parameter);
            result.S0[voxel] = Amplitude(input, voxel, result);
        }
        Describe(result, input.FittedVoxels());
        return result;
    }

    /// <summary>Fills in the summaries of R-hat.</summary>
    public static void Describe(BayesResult result, int[] fitted)
    {
        result.RHatD = Describe(result.D.RHat, fitted);
        result.RHatF = Describe(result.F.RHat, fitted);
        result.RHatDStar = Describe(result.DStar.RHat, fitted);
    }

    /// <summary>Medians of μ and Σ, number by number as published, and their largest R-hat.</summary>
    public static (Population Population, double RHat) PopulationOf(SamplerStage stage)
    {
        int chains = stage.Chains.Count, records = stage.Records, half = records / 2;
        var medians = new double[Population.Numbers];
        double largest = 0;
        for (int number = 0; number < Population.Numbers; number++)
        {
            var values = new double[chains * records];
            for (int i = 0; i < values.Length; i++) values[i] = stage.Trace(i / records, i % records)[number];
            var means = new double[2 * chains];
            var variances = new double[2 * chains];
            for (int i = 0; i < means.Length; i++)
            {
                var part = values.AsSpan(i / 2 * records + i % 2 * half, half);
                (means[i], variances[i]) = Moments(part);
            }
            largest = Math.Max(largest, PotentialScaleReduction.Of(means, variances, half));
            Array.Sort(values);
            medians[number] = values.Length % 2 == 1 ? values[values.Length / 2]
                : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
        }
        return (Population.Read(medians), largest);
    }

    private static int Write(PosteriorMap map, int voxel, SamplerStage stage, int slot, int parameter)
    {
        var (median, atLimit) = stage.Record.Quantile(slot, parameter, 0.5);
        var (lower, lowerAtLimit) = stage.Record.Quantile(slot, parameter, LowerQuantile);
        var (upper, upperAtLimit) = stage.Record.Quantile(slot, parameter, UpperQuantile);
        map.Theta[voxel] = (float)median;
        map.ThetaSpread[voxel] = (float)((upper - lower) / 2);
        map.Median[voxel] = (float)Theta.Natural(parameter, median);
        map.Spread[voxel] = (float)((Theta.Natural(parameter, upper) - Theta.Natural(parameter, lower)) / 2);
        map.RHat[voxel] = (float)stage.Record.RHat(slot, parameter, stage.Records / 2);
        return atLimit || lowerAtLimit || upperAtLimit ? 1 : 0;
    }

    private static float Amplitude(BayesInput input, int voxel, BayesResult result)
    {
        var row = input.Signals.Span.Slice(voxel * input.Table.Count, input.Table.Count);
        double f = result.F.Median[voxel], yg = 0, gg = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double b = input.Table.SecondsPerMm2[i];
            double g = f * Math.Exp(-b * result.DStar.Median[voxel]) + (1 - f) * Math.Exp(-b * result.D.Median[voxel]);
            yg += input.Table.Averages[i] * row[i] * g;
            gg += input.Table.Averages[i] * g * g;
        }
        return gg == 0 ? 0 : (float)(yg / gg);
    }

    private static RHatSummary Describe(float[] rHat, int[] fitted)
    {
        double[] values = [.. fitted.Select(voxel => (double)rHat[voxel]).Order()];
        return new RHatSummary(
            values[values.Length / 2], values[^1], (double)values.Count(value => value > Converged) / values.Length);
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values) mean += value / values.Length;
        foreach (double value in values) squares += (value - mean) * (value - mean);
        return (mean, squares / (values.Length - 1));
    }
}
