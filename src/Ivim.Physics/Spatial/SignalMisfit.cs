namespace Ivim.Physics.Spatial;

/// <summary>What maps leave unexplained of the signals of a voxel.</summary>
internal static class SignalMisfit
{
    /// <summary>Σ n_b (√(g² + floor²) − S)², g of the bi-exponential.</summary>
    /// <param name="signals">Of all voxels, [voxels, b], in the units of <see cref="SpatialMaps.S0"/>.</param>
    /// <param name="floor">σ of the magnitudes where they have a noise floor, 0 where they have none.</param>
    public static double Squared(
        SpatialMaps maps, ReadOnlySpan<float> signals, BValueTable table, int voxel, double floor)
    {
        var measured = signals.Slice(voxel * table.Count, table.Count);
        double f = maps.F[voxel], sum = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            double b = table.SecondsPerMm2[i];
            double g = maps.S0[voxel] * (f * StableExponential.Of(-b * maps.DStar[voxel])
                + (1 - f) * StableExponential.Of(-b * maps.D[voxel]));
            double residual = Math.Sqrt(g * g + floor * floor) - measured[i];
            sum += table.Averages[i] * residual * residual;
        }
        return sum;
    }
}
