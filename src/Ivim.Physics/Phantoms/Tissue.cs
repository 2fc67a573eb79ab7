namespace Ivim.Physics.Phantoms;

/// <summary>A tissue of a phantom and where its numbers come from.</summary>
/// <param name="Parameters">
/// D, f and D*; S0 relative to <see cref="PhantomRecipe.NominalS0"/>, our choice of a T2-like contrast.
/// </param>
/// <param name="Source">Citation of D, f and D*.</param>
public sealed record Tissue(string Name, IvimParameters Parameters, string Source)
{
    /// <summary>From the unit of published tables: D and D* in 10⁻³ mm²/s.</summary>
    internal static Tissue Published(
        string name, double d, double f, double dStar, double relativeS0, string source) =>
        new(name, IvimParameters.From(d * 1e-3, f, dStar * 1e-3, relativeS0), source);
}
