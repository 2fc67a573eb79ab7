using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>How well maps explain the signals that they were made from.</summary>
internal static class Residuals
{
    /// <summary>Writes the root of the mean squared residual over the b-values, relative to the reference.</summary>
    public static void Fill(ParameterMaps maps, SignalVoxels study)
    {
        var b = study.BValues.SecondsPerMm2;
        for (int voxel = 0; voxel < maps.Voxels; voxel++)
        {
            double sum = 0;
            for (int i = 0; i < b.Length; i++)
            {
                double signal = maps.S0[voxel] * (maps.F[voxel] * Math.Exp(-b[i] * maps.DStar[voxel])
                    + (1 - maps.F[voxel]) * Math.Exp(-b[i] * maps.D[voxel]));
                double residual = study.Signals[voxel * b.Length + i] - signal;
                sum += residual * residual;
            }
            maps.Rmse[voxel] = (float)Math.Sqrt(sum / b.Length);
        }
    }
}
