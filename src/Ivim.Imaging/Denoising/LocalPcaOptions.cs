namespace Ivim.Imaging.Denoising;

/// <summary>How a series is denoised by local principal component analysis.</summary>
public sealed record LocalPcaOptions
{
    /// <summary>As wished; <see cref="PatchSize.FittedTo"/> makes it fit the image.</summary>
    public PatchSize Patch { get; init; } = new(5, 5, 5);

    /// <summary>
    /// Standard deviation of the noise, scanner units: one number, or one per voxel of the block [z, y, x]; empty
    /// estimates it in each patch by the law of Marchenko and Pastur (MPPCA).
    /// </summary>
    public double[] Sigma { get; init; } = [];

    /// <summary>
    /// Components with a standard deviation below this factor times sigma are noise; null is the edge of the
    /// Marchenko-Pastur distribution, 1 + √(volumes / samples). Manjon 2013 takes 2.3.
    /// </summary>
    public double? TauFactor { get; init; }

    /// <summary>
    /// True in voxels [z, y, x of the block] whose patches are wanted; others keep their raw signal. Empty is all.
    /// </summary>
    public bool[] Mask { get; init; } = [];

    /// <summary>Negative results become 0: a magnitude has none.</summary>
    public bool ClipNegative { get; init; } = true;

    /// <summary>Corrects the sigma map for the degrees of freedom that mean and components take
    /// (<see cref="Physics.Noise.MarchenkoPastur.Unbiasing"/>); does not touch the signals.</summary>
    public bool UnbiasedSigma { get; init; } = true;

    /// <summary>Threads to use at most; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
