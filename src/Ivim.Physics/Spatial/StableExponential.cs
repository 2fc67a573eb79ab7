using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>e^x of one number with the bits of <see cref="VectorExponential"/>.</summary>
internal static class StableExponential
{
    public static double Of(double x) => VectorExponential.Exp(Vector256.Create(x)).ToScalar();
}
