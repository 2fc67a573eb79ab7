namespace Ivim.Imaging.Nifti;

/// <summary>How much memory the voxels of one image may take; checked before any of it is asked for.</summary>
public sealed record NiftiLimits(long MemoryBytes)
{
    /// <summary>Half of what this process may use (a container's limit counts).</summary>
    public static NiftiLimits Default => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
}
