using System.Collections.Immutable;

namespace Ivim.Imaging.Volumes;

/// <summary>Takes voxels out of a mask that no fit could use.</summary>
public static class UsableVoxels
{
    /// <summary>
    /// Leaves out voxels that are NaN or infinite at any b-value, whose reference is not above 0, or whose signal is
    /// the same at every b-value (a zeroed or saturated background); the warnings count them.
    /// </summary>
    /// <exception cref="Physics.RefusalException">MASK-EMPTY: none is left.</exception>
    public static (VoxelMask Mask, ImmutableArray<InputWarning> Warnings) Of(
        DiffusionSeries series, ReferenceSignal reference, VoxelMask mask)
    {
        int notFinite = 0, noReference = 0, constant = 0;
        var inside = new bool[mask.Inside.Length];
        foreach (int voxel in mask.Voxels)
        {
            if (series.Signals.Any(signal => !float.IsFinite(signal[voxel]))) notFinite++;
            else if (!(reference.Signal[voxel] > 0)) noReference++;
            else if (IsConstant(series, voxel)) constant++;
            else inside[voxel] = true;
        }
        var warnings = ImmutableArray.CreateBuilder<InputWarning>();
        Count("VOXELS-NOT-FINITE", notFinite, "NaN or infinite at some b-value");
        Count("VOXELS-NO-REFERENCE", noReference, "without a signal above 0 at the lowest b-value");
        Count("VOXELS-CONSTANT", constant, "with the same signal at every b-value");
        return (new VoxelMask(mask.Shape, inside), warnings.ToImmutable());

        void Count(string code, int count, string what)
        {
            if (count > 0) warnings.Add(new(code, $"{count} of {mask.Count} voxels of the mask are left out: {what}"));
        }
    }

    private static bool IsConstant(DiffusionSeries series, int voxel) =>
        series.BValues.Count > 1 && series.Signals.All(signal => signal[voxel] == series.Signals[0][voxel]);
}
