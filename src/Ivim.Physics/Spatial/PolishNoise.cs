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
        var around = NeighbourhoodMedian.Of(Misfits(input), input.Grid, options);
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
        {
            double sigma = input.Sigma[voxel];
            double squared = SignalMisfit.Squared(input.Start, input.Signals.Span, input.Table, voxel, sigma);
            misfits[voxel] = (float)(Math.Sqrt(squared / freedom) / sigma);
        }
        return misfits;
    }
}
