using System.Runtime.Intrinsics;

namespace Ivim.Physics.Spatial;

/// <summary>
/// The quadratic that lies above the pair costs of eight voxels and touches them: minus its gradient, and its
/// curvature, for each of log D, logit f and log D*.
/// </summary>
internal struct PairPull
{
    public Vector256<float> Pull0, Pull1, Pull2, Stiffness0, Stiffness1, Stiffness2;
}
