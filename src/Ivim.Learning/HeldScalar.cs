using TorchSharp;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Numbers that Torch reads, held as long as it may read them. TorchSharp's implicit conversions make a Scalar that
/// nobody holds: it passes the native pointer on, and the finalizer may free the number during the call (seen as an
/// exception, and as likely as a wrong number). `Tensor + Tensor`, `Tensor * double`, `square`, `ToDouble` and their
/// like do the same inside. So this room adds with <see cref="Plus"/>, reads with <see cref="Number"/>, and a test
/// looks for the others.
/// </summary>
internal static class HeldScalar
{
    public static readonly Scalar One = 1.0.ToScalar();

    /// <summary>The sum of two tensors, broadcast.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>x where positive, else exp(x) - 1 (Clevert et al. 2016, arXiv 1511.07289).</summary>
    public static Tensor Elu(this Tensor x) => x.elu(One, One, One);

    /// <summary>The value of a tensor with one element, float32.</summary>
    public static double Number(this Tensor single)
    {
        using var here = single.cpu();
        return here.data<float>()[0];
    }
}
