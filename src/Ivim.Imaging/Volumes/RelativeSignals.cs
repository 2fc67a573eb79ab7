namespace Ivim.Imaging.Volumes;

/// <summary>Signals divided by the reference: what the fits and the networks read.</summary>
public static class RelativeSignals
{
    /// <param name="voxels">Indices into [z, y, x], each with a reference above 0.</param>
    /// <returns>S(b) / reference, dimensionless, float32 [voxels, b].</returns>
    public static float[] Of(DiffusionSeries series, ReferenceSignal reference, ReadOnlySpan<int> voxels)
    {
        int bCount = series.BValues.Count;
        var relative = new float[(long)voxels.Length * bCount];
        for (int i = 0; i < voxels.Length; i++)
        {
            float divisor = reference.Signal[voxels[i]];
            if (!(divisor > 0))
                throw new ArgumentException($"voxel {voxels[i]} has no reference signal", nameof(voxels));
            for (int b = 0; b < bCount; b++) relative[i * bCount + b] = series.Signals[b][voxels[i]] / divisor;
        }
        return relative;
    }
}
