using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>The segmented fit: D and f from the high b-values, then D* from all of them, S0 = 1 throughout.</summary>
/// <remarks>
/// The two-step scheme of Le Bihan et al., Radiology 168 (1988) 497, with step 1 as the exact least squares of the
/// signals themselves, not of their logarithm. Standard errors are those of each step alone: D and f given the model
/// above the cut-off, D* given D and f, hence too small for D* where f is uncertain; S0 is fixed and its error 0.
/// </remarks>
public static class SegmentedFit
{
    /// <param name="signals">S(b) / S0, [voxels, bvalues], each voxel divided by its own signal at b = 0.</param>
    /// <exception cref="RefusalException">
    /// SEGMENTED-NEEDS-B0 or SEGMENTED-NEEDS-HIGH-B: the table cannot carry this fit; FIT-BOUNDS: a bound makes no
    /// sense.
    /// </exception>
    /// <exception cref="ArgumentException">The signals are not rows of the table's length.</exception>
    public static FitResult Fit(
        ReadOnlyMemory<float> signals, BValueTable table, ParameterBounds? bounds = null, FitOptions? options = null)
    {
        (bounds, options) = (bounds ?? ParameterBounds.Default, options ?? FitOptions.Default);
        FitRequirements.Bounds(bounds);
        FitRequirements.SegmentedTable(table, options.CutoffSecondsPerMm2);
        var all = WeightedTable.All(table);
        var highB = new HighBDecay(WeightedTable.High(table, options.CutoffSecondsPerMm2), bounds);
        var perfusion = new PseudoDiffusionSearch(all, bounds.DStar);
        return BlockLoop.Run(signals, table, bounds, options, (block, result) =>
        {
            var residuals = new Vector256<double>[table.Count];
            for (int lane = 0; lane < block.PaddedVoxels; lane += SignalBlock.Lanes)
            {
                var high = highB.Fit(block, lane);
                Subtract(high, all, block, lane, residuals);
                var f = Vector256<double>.One - high.Amplitude;
                Write(result, block, lane, bounds, high, perfusion.Fit(residuals, f));
            }
        });
    }

    private static void Subtract(
        in HighBEstimate high, WeightedTable all, SignalBlock block, int lane, Vector256<double>[] residuals)
    {
        for (int i = 0; i < residuals.Length; i++)
        {
            var decay = VectorExponential.Exp(Vector256.Create(-all.BSecondsPerMm2[i]) * high.D);
            residuals[i] = block.Load(i, lane) - high.Amplitude * decay;
        }
    }

    private static void Write(FitResult result, SignalBlock block, int lane, ParameterBounds bounds,
        in HighBEstimate high, in PseudoDiffusionEstimate perfusion)
    {
        var writer = new LaneWriter(block, lane);
        var f = DecaySums.Clamp(Vector256<double>.One - high.Amplitude, bounds.F);
        writer.Write(result.D, high.D);
        writer.Write(result.F, f);
        writer.Write(result.DStar, perfusion.DStar);
        writer.Write(result.S0, Vector256<double>.One);
        writer.Write(result.Rmse, Vector256.Sqrt(perfusion.MeanSquare));

        var (stdD, stdF) = HighBErrors(high, bounds);
        writer.Write(result.StdD, stdD);
        writer.Write(result.StdF, stdF);
        var freedom = Vector256.Create(block.BValues - 3.0);   // D and f are estimates too
        var variance = StandardErrors.ResidualVariance(perfusion.MeanSquare, freedom)
            / perfusion.Information * perfusion.DStar * perfusion.DStar;
        writer.Write(result.StdDStar,
            StandardErrors.FromVariance(variance, StandardErrors.OfIgnorance(bounds.DStar)));
    }

    // (JᵀWJ)⁻¹ of the 2 x 2 matrix with ∂/∂D = −A b e and ∂/∂f = −e.
    private static (Vector256<double> StdD, Vector256<double> StdF) HighBErrors(
        in HighBEstimate high, ParameterBounds bounds)
    {
        var sums = high.Sums;
        var a = high.Amplitude;
        var meanSquare = sums.Yy + a * (a * sums.Ee - Vector256.Create(2.0) * sums.Ye);
        var variance = StandardErrors.ResidualVariance(
            Vector256.Max(meanSquare, Vector256<double>.Zero), Vector256.Create(high.BValues - 2.0));
        var dd = a * a * sums.Bbee;
        var df = a * sums.Bee;
        var determinant = dd * sums.Ee - df * df;
        return (
            StandardErrors.FromVariance(variance * sums.Ee / determinant, StandardErrors.OfIgnorance(bounds.D)),
            StandardErrors.FromVariance(variance * dd / determinant, StandardErrors.OfIgnorance(bounds.F)));
    }
}
