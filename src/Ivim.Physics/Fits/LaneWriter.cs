using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Writes four lanes to the result's arrays, without those that only pad the block.</summary>
internal readonly struct LaneWriter(SignalBlock block, int firstLane)
{
    public void Write(float[] target, Vector256<double> values)
    {
        int lanes = Math.Min(SignalBlock.Lanes, block.Voxels - firstLane);
        for (int lane = 0; lane < lanes; lane++)
            target[block.FirstVoxel + firstLane + lane] = (float)values[lane];
    }
}
