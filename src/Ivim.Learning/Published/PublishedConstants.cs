using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning.Published;

/// <summary>The tensors of the published networks that no training changes.</summary>
internal static class PublishedConstants
{
    /// <summary>float32 [B], mm²/s to exponents.</summary>
    public static Tensor MinusB(BValueList b, Device device) =>
        tensor(b.SecondsPerMm2.Select(value => -(float)value).ToArray(), device: device);

    /// <summary>
    /// 1 where a unit may read an input of its own sub-network, else 0; float32 [4 * outputs, 4 * inputs].
    /// </summary>
    public static Tensor BlockMask(int outputs, int inputs, Device device)
    {
        var mask = new float[4 * outputs * 4 * inputs];
        for (int row = 0; row < 4 * outputs; row++)
            mask.AsSpan(row * 4 * inputs + row / outputs * inputs, inputs).Fill(1);
        return tensor(mask, [4 * outputs, 4 * inputs], device: device);
    }

    /// <summary>Lower bounds and widths, each side moved outward by a share of the width; float32 [4].</summary>
    public static (Tensor Lower, Tensor Width) Widened(Bounds[] bounds, double share, Device device) =>
        (tensor(bounds.Select(b => (float)(b.Lower - share * b.Width)).ToArray(), device: device),
            tensor(bounds.Select(b => (float)((1 + 2 * share) * b.Width)).ToArray(), device: device));
}
