using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>
/// The quadratic that lies above the pair costs of eight voxels and touches them: minus its gradient, and its
/// curvature, for each of log D, logit f and log D*.
/// </summary>
internal struct PairPull
{
    public Vector256<float> Pull0, Pull1, Pull2, Stiffness0, Stiffness1, Stiffness2;

    /// <summary>Of the first four voxels, or of the others; 0 for S0, which no pair holds.</summary>
    public readonly FourVectors Pulls(int half) => new(SingleLanes.Wide(Pull0, half), SingleLanes.Wide(Pull1, half),
        SingleLanes.Wide(Pull2, half), Vector256<double>.Zero);

    public readonly FourVectors Stiffness(int half) => new(SingleLanes.Wide(Stiffness0, half),
        SingleLanes.Wide(Stiffness1, half), SingleLanes.Wide(Stiffness2, half), Vector256<double>.Zero);
}
