namespace Ivim.Physics.Spatial;

/// <summary>Maps that explain the denoised signals and change only where the signals' own structure does.</summary>
/// <remarks>
/// Minimum over (log D, logit f, log D*, log S0) of ½ Σ n_b (√(g² + σ²) − Y)² / (e σ)²
/// + Σ_pairs λ w_ij / distance (√(d² + h²) − h) + weight · ½ (θ − μ)ᵀ Σ⁻¹ (θ − μ), w_ij = exp(−|g_i − g_j|² / 2τ²):
/// this project's extension of the published method (recipe R of METHOD.md h, changed as docs/polish.md says).
/// Weights from a guide are those of the bilateral filter, Tomasi and Manduchi, ICCV 1998, doi
/// 10.1109/ICCV.1998.710815. Same input, same bits, for any number of threads. How near a slab comes to the volume:
/// docs/polish.md.
/// </remarks>
public static class GuidedPolish
{
    /// <summary>One pass over a volume, or over a slab with its halo.</summary>
    /// <param name="scales">Of the whole study, with the start maps of this very pass.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public static PolishResult Pass(PolishInput input, PolishScales scales, PolishOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(scales);
        options ??= PolishOptions.Default;
        options.Check();
        input.Check();
        var descent = Begin(input, scales, options);
        double before = descent.Cost();
        for (int sweep = 0; sweep < options.SweepsPerPass; sweep++)
        {
            descent.Sweep();
            options.Progress?.Invoke((sweep + 1.0) / options.SweepsPerPass);
        }
        return new PolishResult(descent.Maps(), before, descent.Cost(), descent.EffectiveNoise);
    }

    /// <summary>All passes over a whole volume; the scales are measured before each.</summary>
    /// <returns>The costs are those of the last pass.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public static PolishResult Run(PolishInput input, PolishOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= PolishOptions.Default;
        var result = Pass(input, PolishScales.Measure(input, options), options);
        for (int pass = 1; pass < options.Passes; pass++)
        {
            input = input with { Start = result.Maps };
            result = Pass(input, PolishScales.Measure(input, options), options);
        }
        return result;
    }

    internal static PolishDescent Begin(PolishInput input, PolishScales scales, PolishOptions options)
    {
        var grid = new PaddedGrid(input.Grid, options.RadiusInPlane, options.RadiusAcross);
        var pairs = PairOffset.Half(grid, options.RadiusInPlane, options.RadiusAcross);
        var weights = GuidedWeights.Between(grid, pairs, input, scales, options);
        var cost = new PairCost(pairs, weights, options.Strength, options.EdgeWidth);
        return new PolishDescent(input, grid, cost, options);
    }
}

/// <param name="CostAtStart">The objective at the start; no sweep raises it.</param>
/// <param name="CostAtEnd">The objective at the maps.</param>
/// <param name="EffectiveNoise">Median of e over the voxels.</param>
public sealed record PolishResult(SpatialMaps Maps, double CostAtStart, double CostAtEnd, double EffectiveNoise);
