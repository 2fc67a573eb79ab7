namespace Ivim.Physics.Bayes;

/// <summary>Where a voxel lies on the image grid, counted in voxels; z is the slice.</summary>
public readonly record struct VoxelPosition(int X, int Y, int Z);
