using Ivim.Physics.Quantities;

namespace Ivim.Physics;

/// <summary>What the signal of one voxel is made of.</summary>
/// <param name="D">Diffusivity of the tissue water.</param>
/// <param name="F">Share of perfused water in the signal at b = 0.</param>
/// <param name="DStar">Pseudo-diffusivity of the perfused water.</param>
/// <param name="S0">Signal at b = 0.</param>
public readonly record struct IvimParameters(
    Diffusivity D, PerfusionFraction F, Diffusivity DStar, SignalIntensity S0)
{
    /// <param name="dMm2PerSecond">D, 0 to 1 mm²/s.</param>
    /// <param name="fraction">f, 0 to 1.</param>
    /// <param name="dStarMm2PerSecond">D*, 0 to 1 mm²/s.</param>
    /// <param name="s0">S0 ≥ 0, in the image's unit; 1 for relative signals.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static IvimParameters From(
        double dMm2PerSecond, double fraction, double dStarMm2PerSecond, double s0 = 1) => new(
            Diffusivity.FromMm2PerSecond(dMm2PerSecond), PerfusionFraction.FromFraction(fraction),
            Diffusivity.FromMm2PerSecond(dStarMm2PerSecond), SignalIntensity.FromArbitraryUnits(s0));
}
