using static TorchSharp.torch;

namespace Ivim.Learning.Published;

/// <summary>
/// A linear layer whose matrices are filled up with zeros to whole cache lines. These networks are as wide as there are
/// b-values, and with 11 of them a row begins at another place in a cache line than the one before: the matrix
/// kernels then summed it in another order, and a voxel's bits depended on its place in the block.
/// </summary>
internal static class AlignedLayer
{
    /// <summary>float32 numbers in 64 bytes.</summary>
    private const long Line = 16;

    /// <summary>x weight' + bias; float32 [voxels, outputs].</summary>
    /// <param name="x">float32 [voxels, inputs].</param>
    /// <param name="weight">float32 [outputs, inputs].</param>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor bias)
    {
        var matrix = Filled(Filled(weight, 1), 0);
        return nn.functional.linear(Filled(x, 1), matrix).narrow(1, 0, weight.shape[0]).Plus(bias);
    }

    private static Tensor Filled(Tensor x, int dimension)
    {
        long missing = (Line - x.shape[dimension] % Line) % Line;
        if (missing == 0) return x;
        long[] shape = dimension == 0 ? [missing, x.shape[1]] : [x.shape[0], missing];
        return cat([x, zeros(shape, device: x.device)], dimension);
    }
}
