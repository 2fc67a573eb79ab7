using Ivim.Learning;
using Ivim.Physics.Uncertainty;

namespace Ivim.Actors.Stages;

/// <summary>What the maps' errors are found from, of every voxel of the mask in order.</summary>
/// <param name="Signals">That the maps are made from, S(b) / reference, [voxels, b].</param>
/// <param name="Noise">Null where nothing was denoised.</param>
internal sealed record UncertaintySignals(float[] Signals, ProbedNoise? Noise)
{
    /// <param name="signals">Relative, [voxels, b].</param>
    /// <param name="probed">The same after noise of <paramref name="share"/> sigma was added to the raw ones.</param>
    public static UncertaintySignals OfDenoised(float[] signals, float[] probed, float[] sigma, double share)
    {
        int b = sigma.Length == 0 ? 0 : signals.Length / sigma.Length;
        var response = new float[signals.Length];
        for (int i = 0; i < response.Length; i++)
            response[i] = (float)((probed[i] - signals[i]) / (share * sigma[i / b]));
        return new UncertaintySignals(signals, new ProbedNoise(sigma, response));
    }

    public IEnumerable<NamedArray> ToArrays(int b) =>
    [
        new NamedArray("uncertainty/signals", Signals, Signals.Length / b, b),
        .. Noise is null ? Array.Empty<NamedArray>() :
        [
            new NamedArray("uncertainty/sigma", Noise.Sigma, Noise.Sigma.Length),
            new NamedArray("uncertainty/response", Noise.Response, Noise.Response.Length / b, b),
        ],
    ];

    public static UncertaintySignals From(NamedArrays arrays) => new(arrays.Floats("uncertainty/signals"),
        arrays.Has("uncertainty/sigma")
            ? new ProbedNoise(arrays.Floats("uncertainty/sigma"), arrays.Floats("uncertainty/response")) : null);
}
