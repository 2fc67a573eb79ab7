using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>What the noise that denoising leaves does to each map: Cramér-Rao bounds with S0 unknown.</summary>
/// <remarks>
/// √ of the diagonal of (JᵀJ n_b / (e σ)²)⁻¹ at the maps, J the slopes of √(g² + σ²). The curvature of a prior or of
/// the pair costs is left out on purpose: with it the errors are far too small (METHOD.md h). No error exceeds that of
/// total ignorance, see <see cref="Fits.StandardErrors"/>. Spread over networks comes on top, in squares.
/// </remarks>
public static class NoisePropagation
{
    /// <param name="sigma">σ of one acquired volume, divided by the voxel's reference signal; length V.</param>
    /// <param name="effectiveNoise">Standard deviation of the denoised signals as a share of σ, above 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public static PropagatedErrors Of(
        SpatialMaps maps, BValueTable table, float[] sigma, double effectiveNoise, SpatialBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(sigma);
        ArgumentNullException.ThrowIfNull(bounds);
        maps.Check(sigma.Length);
        SpatialValues.RequireFinite(sigma, "sigma");
        if (!(effectiveNoise > 0) || sigma.Any(value => value <= 0)) throw new ArgumentException("noise is above 0");
        var (d, f, dStar) = (new float[maps.Voxels], new float[maps.Voxels], new float[maps.Voxels]);
        var term = new RicianDataTerm(table);
        var nothing = new float[table.Count * PaddedGrid.Lanes];
        var inside = bounds.Transformed();
        for (int first = 0; first < maps.Voxels; first += 4)
        {
            var point = new FourVectors(Four(maps.D, first, inside.OfD), Four(maps.F, first, inside.OfF),
                Four(maps.DStar, first, inside.OfDStar), Four(maps.S0, first, inside.OfS0));
            var noise = Four(sigma, first, value => value);
            var precision = Vector256<double>.One / (noise * noise * (effectiveNoise * effectiveNoise));
            var system = term.At(point, nothing, 0, noise * noise, precision);
            var inverse = StandardErrors.NormalisedInverse(system);
            Write(d, first, inverse.X0 / system.H00, Four(maps.D, first, value => value), bounds.Ranges.D);
            Write(f, first, inverse.X1 / system.H11, Four(maps.F, first, share => share * (1 - share)),
                bounds.Ranges.F);
            Write(dStar, first, inverse.X2 / system.H22, Four(maps.DStar, first, value => value), bounds.Ranges.DStar);
        }
        return new PropagatedErrors(d, f, dStar);
    }

    private static Vector256<double> Four(float[] values, int first, Func<double, double> transform)
    {
        double At(int lane) => transform(values[Math.Min(first + lane, values.Length - 1)]);
        return Vector256.Create(At(0), At(1), At(2), At(3));
    }

    // From the logarithm or logit back to the parameter: times its slope.
    private static void Write(
        float[] errors, int first, Vector256<double> variance, Vector256<double> slope, Bounds range)
    {
        var error = StandardErrors.FromVariance(variance * slope * slope, StandardErrors.OfIgnorance(range));
        for (int lane = 0; lane < Math.Min(4, errors.Length - first); lane++) errors[first + lane] = (float)error[lane];
    }
}

/// <summary>Standard errors of many voxels, arrays of length V.</summary>
/// <param name="StdD">mm²/s.</param>
/// <param name="StdF">Fraction.</param>
/// <param name="StdDStar">mm²/s.</param>
public sealed record PropagatedErrors(float[] StdD, float[] StdF, float[] StdDStar);
