using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>What the polish reads beside the merged maps, of every voxel of the mask in order.</summary>
/// <param name="Signals">Denoised with a patch of its own, S(b) / reference, [voxels, b].</param>
/// <param name="Sigma">Standard deviation of one raw volume's noise / reference; above 0.</param>
/// <param name="Scores">Of the signals that the maps were made from, on their first principal components.</param>
/// <param name="IndependentShare">Of the voxels, by the correlation of the raw noise.</param>
internal sealed record PolishSignals(float[] Signals, float[] Sigma, float[] Scores, double IndependentShare)
{
    /// <summary>
    /// Less noise than this (SNR 10,000) is no noise: a simulated series without any would weigh its signals without
    /// limit.
    /// </summary>
    private const float LeastSigma = 1e-4f;

    public int Components => Sigma.Length == 0 ? 0 : Scores.Length / Sigma.Length;

    /// <param name="sigma">Scanner units, [z, y, x]; where it is not known the median stands in.</param>
    /// <param name="reference">Scanner units, [z, y, x].</param>
    public static float[] RelativeSigma(float[] sigma, float[] reference, ReadOnlySpan<int> voxels)
    {
        var relative = new float[voxels.Length];
        for (int i = 0; i < relative.Length; i++) relative[i] = sigma[voxels[i]] / reference[voxels[i]];
        float[] known = [.. relative.Where(float.IsFinite).Order()];
        float middle = known.Length == 0 ? LeastSigma : known[known.Length / 2];
        for (int i = 0; i < relative.Length; i++)
            relative[i] = Math.Max(float.IsFinite(relative[i]) ? relative[i] : middle, LeastSigma);
        return relative;
    }

    public IEnumerable<NamedArray> ToArrays() =>
    [
        new NamedArray("polish/signals", Signals, Sigma.Length, Sigma.Length == 0 ? 0 : Signals.Length / Sigma.Length),
        new NamedArray("polish/sigma", Sigma, Sigma.Length),
        new NamedArray("polish/scores", Scores, Sigma.Length, Components),
        new NamedArray("polish/independentShare", new[] { IndependentShare }, 1),
    ];

    public static PolishSignals From(NamedArrays arrays) => new(
        arrays.Floats("polish/signals"), arrays.Floats("polish/sigma"), arrays.Floats("polish/scores"),
        arrays.Doubles("polish/independentShare")[0]);
}
