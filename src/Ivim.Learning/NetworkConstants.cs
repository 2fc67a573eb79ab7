using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>The tensors of a network that no training changes.</summary>
internal static class NetworkConstants
{
    /// <summary>1 where a head may read a hidden unit, else 0; float32 [4, 4 * units].</summary>
    public static Tensor HeadMask(int units, Device device)
    {
        var mask = new float[4 * 4 * units];
        for (int head = 0; head < 4; head++) mask.AsSpan(head * 4 * units + head * units, units).Fill(1);
        return tensor(mask, [4, 4 * units], device: device);
    }

    /// <summary>
    /// The position code, float32 [1, 1, T]: b / b_max in [0, 1] for a signal, -(p + 1) / P in [-1, 0) for a score,
    /// so that no two positions of different kinds share a code.
    /// </summary>
    public static Tensor Positions(IReadOnlyList<double> bSecondsPerMm2, int components, Device device)
    {
        double largest = Math.Max(bSecondsPerMm2[^1], 1);
        var codes = Enumerable.Range(0, components).Select(p => -(float)(p + 1) / components)
            .Concat(bSecondsPerMm2.Select(b => (float)(b / largest)));
        return tensor(codes.ToArray(), [1, 1, components + bSecondsPerMm2.Count], device: device);
    }

    public static Tensor Number(double value, Device device) => tensor(new[] { (float)value }, device: device);

    /// <summary>Lower bounds and widths of D, f, D*, S0; float32 [4].</summary>
    public static (Tensor Lower, Tensor Width) Bounds(ParameterBounds bounds, Device device)
    {
        Bounds[] all = [bounds.D, bounds.F, bounds.DStar, bounds.S0];
        return (tensor(all.Select(b => (float)b.Lower).ToArray(), device: device),
            tensor(all.Select(b => (float)b.Width).ToArray(), device: device));
    }
}
