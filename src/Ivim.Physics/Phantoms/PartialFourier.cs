using System.Numerics;

namespace Ivim.Physics.Phantoms;

/// <summary>Images to the central part of their k-space and, with zeros around it, back.</summary>
/// <remarks>
/// Separable sums over the frequencies −n/2 to (n − 1)/2 of each axis. A whole matrix there and back is the identity.
/// </remarks>
internal sealed class PartialFourier
{
    private readonly int _width, _height, _columns, _rows;
    private readonly Complex[] _alongX, _alongY;   // [frequency, place]: e^(-2πi k x / n)

    public PartialFourier(int width, int height, int columns, int rows)
    {
        (_width, _height, _columns, _rows) = (width, height, columns, rows);
        (_alongX, _alongY) = (Waves(width, columns), Waves(height, rows));
    }

    /// <summary>Points of k-space.</summary>
    public int Points => _columns * _rows;

    /// <summary>What a standard deviation in k-space is in a voxel of the image.</summary>
    public double NoiseGain => Math.Sqrt(Points) / ((double)_width * _height);

    /// <param name="image">[y, x].</param>
    /// <returns>[rows, columns] of k-space.</returns>
    public Complex[] ToKSpace(ReadOnlySpan<Complex> image)
    {
        var wide = new Complex[_height * _columns];
        for (int y = 0; y < _height; y++)
        {
            var line = image.Slice(y * _width, _width);
            for (int k = 0; k < _columns; k++)
            {
                var wave = _alongX.AsSpan(k * _width, _width);
                var sum = Complex.Zero;
                for (int x = 0; x < line.Length; x++) sum += line[x] * wave[x];
                wide[y * _columns + k] = sum;
            }
        }
        var points = new Complex[Points];
        for (int row = 0; row < _rows; row++)
        {
            var target = points.AsSpan(row * _columns, _columns);
            for (int y = 0; y < _height; y++)
                AddScaled(target, _alongY[row * _height + y], wide.AsSpan(y * _columns, _columns));
        }
        return points;
    }

    /// <param name="points">[rows, columns] of k-space.</param>
    /// <returns>[y, x].</returns>
    public Complex[] ToImage(ReadOnlySpan<Complex> points)
    {
        var wide = new Complex[_rows * _width];
        for (int row = 0; row < _rows; row++)
        {
            var target = wide.AsSpan(row * _width, _width);
            for (int k = 0; k < _columns; k++)
                AddScaledConjugate(target, points[row * _columns + k] / _width, _alongX.AsSpan(k * _width, _width));
        }
        var image = new Complex[_width * _height];
        for (int y = 0; y < _height; y++)
        {
            var target = image.AsSpan(y * _width, _width);
            for (int row = 0; row < _rows; row++)
            {
                var factor = Complex.Conjugate(_alongY[row * _height + y]) / _height;
                AddScaled(target, factor, wide.AsSpan(row * _width, _width));
            }
        }
        return image;
    }

    private static Complex[] Waves(int places, int frequencies)
    {
        var waves = new Complex[frequencies * places];
        for (int j = 0; j < frequencies; j++)
        {
            long k = j - frequencies / 2;
            for (int x = 0; x < places; x++)
            {
                // An exact integer under the sine: angles would lose digits.
                waves[j * places + x] = Complex.FromPolarCoordinates(1, -2 * Math.PI * (k * x % places) / places);
            }
        }
        return waves;
    }

    private static void AddScaled(Span<Complex> target, Complex factor, ReadOnlySpan<Complex> row)
    {
        for (int i = 0; i < target.Length; i++) target[i] += factor * row[i];
    }

    private static void AddScaledConjugate(Span<Complex> target, Complex factor, ReadOnlySpan<Complex> row)
    {
        for (int i = 0; i < target.Length; i++) target[i] += factor * Complex.Conjugate(row[i]);
    }
}
