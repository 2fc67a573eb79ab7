namespace Ivim.Imaging.Gradients;

/// <summary>A diffusion direction, of length 1, or of length 0 where a volume has none.</summary>
public readonly record struct GradientDirection(double X, double Y, double Z)
{
    // Rounding in the file stays far below, neighbouring directions of any scheme far above.
    private static readonly double CosineOfOneDegree = Math.Cos(Math.PI / 180);

    public bool IsNone => X == 0 && Y == 0 && Z == 0;

    /// <summary>True within one degree; opposite directions weigh diffusion alike, so the sign is ignored.</summary>
    public bool IsSameAs(GradientDirection other) =>
        IsNone || other.IsNone
            ? IsNone && other.IsNone
            : Math.Abs(X * other.X + Y * other.Y + Z * other.Z) >= CosineOfOneDegree;

    /// <summary>Scales to length 1; a vector shorter than 0.01, or with NaN, is no direction.</summary>
    public static GradientDirection Of(double x, double y, double z)
    {
        double length = Math.Sqrt(x * x + y * y + z * z);
        return length >= 0.01 && double.IsFinite(length) ? new(x / length, y / length, z / length) : default;
    }
}
