namespace Ivim.Physics.Phantoms;

/// <summary>An organ-like shape in coordinates where the volume spans −1 to 1 along each axis.</summary>
/// <param name="Tissue">Index into the tissue table.</param>
/// <param name="TurnDegrees">Rotation about z.</param>
internal readonly record struct Ellipsoid(
    int Tissue, double X, double Y, double Z, double RadiusX, double RadiusY, double RadiusZ, double TurnDegrees = 0)
{
    public bool Contains(double x, double y, double z)
    {
        var (sine, cosine) = Math.SinCos(TurnDegrees * Math.PI / 180);
        double dx = x - X, dy = y - Y;
        double along = (cosine * dx + sine * dy) / RadiusX;
        double across = (cosine * dy - sine * dx) / RadiusY;
        double up = (z - Z) / RadiusZ;
        return along * along + across * across + up * up <= 1;
    }
}
