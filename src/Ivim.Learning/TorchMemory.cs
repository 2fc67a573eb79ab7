using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Tensors in memory of Torch's own. `torch.tensor` reads a managed array where it lies, and matrix kernels may sum in
/// another order where memory begins at another place in a cache line: IVIM-NET "orig" gave other last bits in every
/// run. So what a layer reads comes from here.
/// </summary>
internal static class TorchMemory
{
    public static Tensor Copy(float[] values, long[] shape, Device device)
    {
        using var managed = tensor(values, shape);
        return managed.to(device, copy: true);      // begins at a multiple of 64 bytes
    }
}
