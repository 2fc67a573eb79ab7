using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// What a magnitude is on average where the signal is A and the noise of both channels σ: the noise floor, in a form
/// that Torch can differentiate in float32.
/// </summary>
/// <remarks>
/// σ √(π/2) L½(−A²/2σ²), Gudbjartsson and Patz, Magn Reson Med 34 (1995) 910, doi 10.1002/mrm.1910340618. Above A =
/// 12 σ the derivative of the Bessel functions is a difference of nearly equal numbers, and their asymptotic series, of
/// which four terms leave 2e-8 σ, takes over.
/// </remarks>
internal sealed class RicianMean(Device device)
{
    private readonly Tensor _limit = Constant(12, device), _one = Constant(1, device), _half = Constant(0.5, device),
        _floor = Constant(Math.Sqrt(Math.PI / 2), device), _eighth = Constant(1.0 / 8, device),
        _threeSixteenths = Constant(3.0 / 16, device);

    /// <param name="signals">A ≥ 0, [voxels, B].</param>
    /// <param name="sigma">Above 0, in the unit of the signals, [voxels, 1].</param>
    public Tensor Of(Tensor signals, Tensor sigma)
    {
        var ratio = signals / sigma;
        var mean = where(ratio.le(_limit), Exact(minimum(ratio, _limit)), Series(maximum(ratio, _limit)));
        return mean * sigma;
    }

    private Tensor Exact(Tensor ratio)
    {
        var q = ratio * ratio * _half;
        var argument = q * _half;
        var laguerre = (q.Plus(_one) * special.i0e(argument)).Plus(q * special.i1e(argument));
        return laguerre * _floor;
    }

    private Tensor Series(Tensor ratio)
    {
        var inverse = ratio.reciprocal();
        var square = inverse * inverse;
        var tail = (square * _threeSixteenths).Plus(_eighth);
        return ratio.Plus(inverse * (square * tail).Plus(_half));
    }

    private static Tensor Constant(double value, Device device) => tensor((float)value, device: device);
}
