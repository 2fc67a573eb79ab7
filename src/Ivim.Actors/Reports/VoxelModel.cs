namespace Ivim.Actors.Reports;

/// <summary>The signal law at the maps of one voxel, relative to the reference.</summary>
internal readonly record struct VoxelModel(double D, double F, double DStar, double S0)
{
    public bool IsFinite => double.IsFinite(D + F + DStar + S0);

    /// <param name="index">Of the voxel in the mask.</param>
    /// <param name="kind">Empty, or the suffix of polished maps.</param>
    public static VoxelModel Of(ReportMaterial material, ReportSignals signals, int index, string kind)
    {
        int voxel = material.Voxels[index];
        double Value(string name) => material.Map(name + kind)!.Volume[voxel];
        return new VoxelModel(Value("D"), Value("f"), Value("Dstar"), Value("S0") / signals.Frame.Reference[index]);
    }

    /// <param name="b">s/mm².</param>
    public double At(double b) => S0 * (F * Math.Exp(-b * DStar) + (1 - F) * Math.Exp(-b * D));
}
