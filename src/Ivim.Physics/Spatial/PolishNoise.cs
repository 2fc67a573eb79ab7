namespace Ivim.Physics.Spatial;

/// <summary>How much noise the denoiser left, read from what the start maps leave unexplained.</summary>
/// <remarks>
/// Where neighbours' noise is correlated a denoiser takes it for structure: its own estimate is then several times too
/// small, and a polish that believes it keeps the noise. The misfit of four parameters to B signals does not depend
/// on that estimate. It is local, so that pulsating fluid does not decide what is noise in the tissue beside it.
/// </remarks>
public static class PolishNoise
{
    private const int Parameters = 4;

    /// <summary>
    /// e of every voxel: <see cref="PolishOptions.EffectiveNoise"/>, or more where the misfit around it says so.
    /// </summary>
    /// <returns>Length V: noise of the denoised signals as a share of the raw ones'.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public static float[] Effective(PolishInput input, PolishOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        input.Check();
        var shares = new float[input.Grid.Voxels];
        Array.Fill(shares, (float)options.EffectiveNoise);
        if (options.MisfitFactor == 0 || input.Table.Count <= Parameters) return shares;
        double factor = options.MisfitFactor / Math.Sqrt(input.IndependentShare);
        var around = Around(Misfits(input), input.Grid, options);
        for (int voxel = 0; voxel < shares.Length; voxel++)
            shares[voxel] = (float)Math.Max(options.EffectiveNoise, factor * around[voxel]);
        return shares;
    }

    /// <summary>
    /// √(Σ n_b (√(g² + σ²) − Y)² / (B − 4)) / σ of every voxel: the standard deviation of one denoised volume as a
    /// share of a raw one's.
    /// </summary>
    public static float[] Misfits(PolishInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int freedom = input.Table.Count - Parameters;
        if (freedom <= 0) throw new ArgumentException("a misfit asks for more signals than parameters");
        var misfits = new float[input.Grid.Voxels];
        for (int voxel = 0; voxel < misfits.Length; voxel++)
            misfits[voxel] = (float)(Math.Sqrt(SquaredResidual(input, voxel) / freedom) / input.Sigma[voxel]);
        return misfits;
    }

    private static double SquaredResidual(PolishInput input, int voxel)
    {
        var (maps, table) = (input.Start, input.Table);
        var signals = input.Signals.Span.Slice(voxel * table.Count, table.Count);
        double f = maps.F[voxel], sigma = input.Sigma[voxel], sum = 0;
        for (int i = 0; i < signals.Length; i++)
        {
            double b = table.SecondsPerMm2[i];
            double g = maps.S0[voxel] * (f * StableExponential.Of(-b * maps.DStar[voxel])
                + (1 - f) * StableExponential.Of(-b * maps.D[voxel]));
            double residual = Math.Sqrt(g * g + sigma * sigma) - signals[i];
            sum += table.Averages[i] * residual * residual;
        }
        return sum;
    }

    /// <summary>The median over the neighbourhood of the polish, which a vessel in it hardly moves.</summary>
    private static float[] Around(float[] misfits, VoxelGrid grid, PolishOptions options)
    {
        var padded = new PaddedGrid(grid, options.RadiusInPlane, options.RadiusAcross);
        var values = padded.Spread(voxel => misfits[voxel]);
        var offsets = Offsets(padded, options);
        var medians = new float[misfits.Length];
        var threads = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.DegreeOfParallelism, CancellationToken = options.Cancellation,
        };
        Parallel.For(0, misfits.Length, threads, voxel =>
        {
            Span<float> near = stackalloc float[offsets.Length];
            int count = 0, place = padded.Places[voxel];
            foreach (int offset in offsets)
                if (padded.Inside[place + offset] > 0) near[count++] = values[place + offset];
            near[..count].Sort();
            medians[voxel] = near[count / 2];
        });
        return medians;
    }

    private static int[] Offsets(PaddedGrid grid, PolishOptions options)
    {
        int inPlane = options.RadiusInPlane, across = options.RadiusAcross, side = 2 * inPlane + 1;
        return
        [
            .. Enumerable.Range(0, side * side * (2 * across + 1)).Select(i =>
                grid.Offset(i % side - inPlane, i / side % side - inPlane, i / side / side - across)),
        ];
    }
}
