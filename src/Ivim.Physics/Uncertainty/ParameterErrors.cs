namespace Ivim.Physics.Uncertainty;

/// <summary>Standard deviations of many voxels, arrays of length V.</summary>
/// <param name="D">mm²/s.</param>
/// <param name="F">Fraction.</param>
/// <param name="DStar">mm²/s.</param>
/// <param name="S0">Relative to the reference signal.</param>
public sealed record ParameterErrors(float[] D, float[] F, float[] DStar, float[] S0);
