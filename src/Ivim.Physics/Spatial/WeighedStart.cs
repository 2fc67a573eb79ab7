namespace Ivim.Physics.Spatial;

/// <summary>Where the polish of a network's maps begins: there, or at the field's where the signals say so.</summary>
/// <remarks>
/// One network learns what tissues of a study have in common. Where a tissue is rare or the signals are good, it is off
/// by the same amount in every voxel of it, and sweeps do not mend that: the misfit of the maps raises the noise
/// that they reckon with, and the prior has the maps' mean. What the network explains worse than MRF-MAP does, in
/// units of the noise of the denoised signals and over a neighbourhood, is such a bias: noise alone gives MRF-MAP
/// less than a tenth of a unit. docs/polish.md has the measurements.
/// </remarks>
public static class WeighedStart
{
    /// <summary>Difference of χ² at which either counts half, and how fast that changes.</summary>
    private const double Half = 0.35, Width = 0.15;

    private const int Parameters = 4;

    /// <summary>
    /// Mean of (log D, logit f, log D*, S0) with the field's weight 1 / (1 + exp(−(Δ − 0.35) / 0.15)), Δ the median of
    /// (χ² of the network − χ² of the field) around the voxel.
    /// </summary>
    /// <param name="network">Inside the bounds of <paramref name="options"/>, as is <paramref name="field"/>.</param>
    /// <param name="field">MRF-MAP of the same signals.</param>
    /// <param name="signals">That both explain, [voxels, b], relative.</param>
    /// <param name="sigma">Of one raw volume, relative, above 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a map is not finite.</exception>
    public static SpatialMaps Between(SpatialMaps network, SpatialMaps field, VoxelGrid grid,
        ReadOnlySpan<float> signals, BValueTable table, float[] sigma, PolishOptions options)
    {
        network.Check(grid.Voxels);
        field.Check(grid.Voxels);
        if (signals.Length != grid.Voxels * table.Count || sigma.Length != grid.Voxels)
            throw new ArgumentException("signals and sigma are those of the grid's voxels");
        float[] weights = Weights(network, field, grid, signals, table, sigma, options);
        var bounds = options.Bounds.Transformed();
        var start = new SpatialMaps([.. network.D], [.. network.F], [.. network.DStar], [.. network.S0]);
        for (int voxel = 0; voxel < weights.Length; voxel++)
        {
            double weight = weights[voxel];
            start.D[voxel] = Exp(Mean(bounds.OfD(network.D[voxel]), bounds.OfD(field.D[voxel]), weight));
            start.F[voxel] = Logistic(Mean(bounds.OfF(network.F[voxel]), bounds.OfF(field.F[voxel]), weight));
            start.DStar[voxel] =
                Exp(Mean(bounds.OfDStar(network.DStar[voxel]), bounds.OfDStar(field.DStar[voxel]), weight));
            start.S0[voxel] = (float)Mean(network.S0[voxel], field.S0[voxel], weight);
        }
        return start;
    }

    /// <returns>The field's weight in every voxel, 0 to 1.</returns>
    internal static float[] Weights(SpatialMaps network, SpatialMaps field, VoxelGrid grid,
        ReadOnlySpan<float> signals, BValueTable table, float[] sigma, PolishOptions options)
    {
        var (excess, noise) = (new float[grid.Voxels], new float[grid.Voxels]);
        int freedom = Math.Max(1, table.Count - Parameters);
        for (int voxel = 0; voxel < excess.Length; voxel++)
        {
            double variance = (double)sigma[voxel] * sigma[voxel];
            double ofField = SignalMisfit.Squared(field, signals, table, voxel, floor: 0) / variance;
            double ofNetwork = SignalMisfit.Squared(network, signals, table, voxel, floor: 0) / variance;
            excess[voxel] = (float)(ofNetwork - ofField);
            noise[voxel] = (float)Math.Sqrt(ofField / freedom);
        }
        excess = NeighbourhoodMedian.Of(excess, grid, options);
        // Noise that neighbours share stays in the signals, and σ is then too small: what the field leaves tells.
        noise = NeighbourhoodMedian.Of(noise, grid, options);
        for (int voxel = 0; voxel < excess.Length; voxel++)
        {
            double share = Math.Max(options.EffectiveNoise, noise[voxel]);
            excess[voxel] = Logistic((excess[voxel] / (share * share) - Half) / Width);
        }
        return excess;
    }

    private static double Mean(double first, double second, double weight) => (1 - weight) * first + weight * second;

    private static float Exp(double logarithm) => (float)StableExponential.Of(logarithm);

    private static float Logistic(double logit) => (float)(1 / (1 + StableExponential.Of(-Math.Clamp(logit, -50, 50))));
}
