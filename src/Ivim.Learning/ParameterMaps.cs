namespace Ivim.Learning;

/// <summary>One number a voxel for each parameter, all of the same length and order.</summary>
/// <param name="D">mm²/s.</param>
/// <param name="F">Perfusion fraction.</param>
/// <param name="DStar">mm²/s.</param>
/// <param name="S0">Relative to the voxel's reference signal.</param>
/// <param name="Rmse">Root of the mean squared residual over the b-values, relative to the same reference.</param>
public sealed record ParameterMaps(float[] D, float[] F, float[] DStar, float[] S0, float[] Rmse)
{
    public int Voxels => D.Length;

    public static ParameterMaps OfVoxels(int count) =>
        new(new float[count], new float[count], new float[count], new float[count], new float[count]);
}
