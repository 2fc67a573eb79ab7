using System.Numerics;

namespace Ivim.Physics.Phantoms;

/// <summary>Coils evenly around the body, each most sensitive at its own side and with a phase of its own.</summary>
/// <remarks>
/// Coil j at angle a: e^(r·u + i (a + r·v)) / √n with the unit vectors u towards it and v across. One coil alone is 1
/// everywhere. The combined sensitivity, the root of the sum of squares, is 1 in the middle and up to 1.3 to 1.5 at
/// the rim, as a body array shades. Our own choice of a shape.
/// </remarks>
internal sealed class CoilArray(int coils)
{
    public int Count => coils;

    /// <summary>The complex sensitivity of a coil at a point of the square from −1 to 1.</summary>
    public Complex Sensitivity(int coil, double x, double y)
    {
        if (coils == 1) return Complex.One;
        double angle = 2 * Math.PI * coil / coils;
        var (sine, cosine) = Math.SinCos(angle);
        double towards = x * cosine + y * sine, across = y * cosine - x * sine;
        return Complex.FromPolarCoordinates(Math.Exp(towards) / Math.Sqrt(coils), angle + across);
    }

    /// <summary>√Σ|c|², what the combined image is multiplied by.</summary>
    public double Combined(double x, double y)
    {
        double squares = 0;
        for (int coil = 0; coil < coils; coil++)
        {
            double magnitude = Sensitivity(coil, x, y).Magnitude;
            squares += magnitude * magnitude;
        }
        return Math.Sqrt(squares);
    }
}
