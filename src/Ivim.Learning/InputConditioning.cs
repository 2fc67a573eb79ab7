namespace Ivim.Learning;

/// <summary>
/// Turns a voxel's signals into the network's input sequence: P whitened principal-component scores, then the B
/// z-scored signals. Everything is double precision in a fixed order, so that it is the same on every machine but for
/// the last rounding of a square root.
/// </summary>
public sealed record InputConditioning
{
    /// <summary>
    /// Conditioned values end here: a voxel further out than this is no tissue, and must not overflow a layer.
    /// </summary>
    public const float Limit = 20;

    /// <summary>Voxels that the statistics are taken from, at most; evenly spaced over the set.</summary>
    public const int SampleVoxels = 20_000;

    /// <summary>A spread below this (relative to the signal at b = 0) is rounding, and its input stays 0.</summary>
    private const double SmallestSpread = 1e-6;

    /// <summary>Mean signal of each b-value, length B.</summary>
    public required double[] Means { get; init; }

    /// <summary>1 / standard deviation of each b-value's signal, or 0 where it does not vary; length B.</summary>
    public required double[] Scales { get; init; }

    /// <summary>Rows of the whitening transform, [P, B]: principal axis / standard deviation along it.</summary>
    public required double[] Whitening { get; init; }

    public int BCount => Means.Length;

    /// <summary>P, the number of scores.</summary>
    public int Components => Whitening.Length / BCount;

    /// <summary>T = P + B, the length of the input sequence.</summary>
    public int Length => Components + BCount;

    /// <param name="signals">Relative signals, [voxels, B].</param>
    /// <param name="components">Wanted scores; B - 1 at most are made.</param>
    public static InputConditioning Of(ReadOnlySpan<float> signals, int bCount, int components)
    {
        int voxels = signals.Length / bCount, count = Math.Min(voxels, SampleVoxels);
        var sample = new double[count][];
        for (int i = 0; i < count; i++)
        {
            int voxel = (int)((long)i * voxels / count);
            sample[i] = new double[bCount];
            for (int b = 0; b < bCount; b++) sample[i][b] = signals[voxel * bCount + b];
        }
        double[] means = MeansOf(sample, bCount);
        double[,] covariance = CovarianceOf(sample, means);
        var scales = new double[bCount];
        for (int b = 0; b < bCount; b++) scales[b] = Inverse(covariance[b, b]);
        return new InputConditioning
        {
            Means = means,
            Scales = scales,
            Whitening = WhiteningOf(covariance, Math.Max(0, Math.Min(components, bCount - 1))),
        };
    }

    /// <summary>The signals as they are, without scores: what the published networks read.</summary>
    public static InputConditioning Identity(int bCount) => new()
    {
        Means = new double[bCount],
        Scales = [.. Enumerable.Repeat(1.0, bCount)],
        Whitening = [],
    };

    /// <summary>The input sequences, [voxels, T], of relative signals [voxels, B].</summary>
    public float[] Apply(ReadOnlySpan<float> signals)
    {
        int voxels = signals.Length / BCount;
        var inputs = new float[voxels * Length];
        for (int voxel = 0; voxel < voxels; voxel++)
            Apply(signals.Slice(voxel * BCount, BCount), inputs.AsSpan(voxel * Length, Length));
        return inputs;
    }

    public NamedArrays ToArrays() => new([
        new NamedArray("means", Means, BCount),
        new NamedArray("scales", Scales, BCount),
        new NamedArray("whitening", Whitening, Components, BCount),
    ]);

    public static InputConditioning From(NamedArrays arrays) => new()
    {
        Means = arrays.Doubles("means"),
        Scales = arrays.Doubles("scales"),
        Whitening = arrays.Doubles("whitening"),
    };

    private void Apply(ReadOnlySpan<float> signal, Span<float> input)
    {
        for (int p = 0; p < Components; p++)
        {
            double score = 0;
            for (int b = 0; b < BCount; b++) score += Whitening[p * BCount + b] * (signal[b] - Means[b]);
            input[p] = Limited(score);
        }
        for (int b = 0; b < BCount; b++) input[Components + b] = Limited(Scales[b] * (signal[b] - Means[b]));
    }

    private static float Limited(double value) => Math.Clamp((float)value, -Limit, Limit);

    private static double[] MeansOf(double[][] sample, int bCount)
    {
        var means = new double[bCount];
        foreach (var signal in sample)
        {
            for (int b = 0; b < bCount; b++) means[b] += signal[b];
        }
        for (int b = 0; b < bCount; b++) means[b] /= sample.Length;
        return means;
    }

    private static double[,] CovarianceOf(double[][] sample, double[] means)
    {
        int n = means.Length;
        var covariance = new double[n, n];
        foreach (var signal in sample)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++) covariance[i, j] += (signal[i] - means[i]) * (signal[j] - means[j]);
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) covariance[j, i] = covariance[i, j] /= sample.Length;
        }
        return covariance;
    }

    private static double[] WhiteningOf(double[,] covariance, int components)
    {
        int n = covariance.GetLength(0);
        var (variances, axes) = SymmetricEigen.Decompose((double[,])covariance.Clone());
        var whitening = new double[components * n];
        for (int p = 0; p < components; p++)
        {
            for (int b = 0; b < n; b++) whitening[p * n + b] = axes[p, b] * Inverse(variances[p]);
        }
        return whitening;
    }

    private static double Inverse(double variance)
    {
        double spread = Math.Sqrt(Math.Max(variance, 0));
        return spread < SmallestSpread ? 0 : 1 / spread;
    }
}
