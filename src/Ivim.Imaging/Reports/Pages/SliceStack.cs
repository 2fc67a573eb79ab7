using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>A few slices of a study in the view of a radiologist, with what lies behind the maps.</summary>
public sealed class SliceStack
{
    internal const int Greys = 120;

    private const int WantedSlices = 3;

    private readonly bool[] _mask;
    private readonly SliceOrientation _orientation;
    private readonly byte[][] _backdrops;
    private readonly int[][] _sources;

    /// <param name="mask">[z, y, x]: where maps have values.</param>
    /// <param name="anatomy">The same grid, in grey outside of the mask; null where it is not known.</param>
    public SliceStack(NiftiHeader header, bool[] mask, float[]? anatomy)
    {
        (_mask, Shape, HasAnatomy) = (mask, header.Shape.OneVolume, anatomy is not null);
        _orientation = SliceOrientation.Radiological(header.Affine);
        HasDirections = header.SFormCode > 0 || header.QFormCode > 0;
        Sides = SliceSides.Of(header.Affine);
        var (x, y) = (header.PixDim(1), header.PixDim(2));
        Aspect = x > 0 && y > 0 && double.IsFinite(x / y) ? Shape.Height * y / (Shape.Width * x)
            : (double)Shape.Height / Shape.Width;
        Slices = Chosen();
        _sources = [.. Slices.Select(Sources)];
        float white = anatomy is null ? 1 : White(anatomy);
        _backdrops = [.. _sources.Select(sources => Backdrop(sources, anatomy, white))];
    }

    public ImageShape Shape { get; }

    public bool HasAnatomy { get; }

    /// <summary>Whether the image says where left and right are.</summary>
    public bool HasDirections { get; }

    /// <summary>Indices along the third axis, ascending: where a quarter, half and three quarters of the mask
    /// lie below.</summary>
    public IReadOnlyList<int> Slices { get; }

    /// <summary>Height / width of a slice in space.</summary>
    internal double Aspect { get; }

    internal SliceSides Sides { get; }

    /// <returns>Indices of the palette of <see cref="SlicePalette"/>, row by row from the top.</returns>
    internal byte[] Paint(int shown, float[] values, Func<double, byte> colorOf)
    {
        byte[] painted = [.. _backdrops[shown]];
        var sources = _sources[shown];
        for (int i = 0; i < painted.Length; i++)
        {
            if (!_mask[sources[i]]) continue;
            float value = values[sources[i]];
            painted[i] = float.IsFinite(value) ? colorOf(value) : SlicePalette.NoNumber;
        }
        return painted;
    }

    private int[] Chosen()
    {
        int slice = Shape.Width * Shape.Height;
        int[] counts = [.. Enumerable.Range(0, Shape.Slices).Select(z => _mask.AsSpan(z * slice, slice).Count(true))];
        long all = counts.Sum(count => (long)count);
        if (all == 0) return [Shape.Slices / 2];
        var chosen = new List<int>();
        long below = 0;
        for (int z = 0; z < counts.Length && chosen.Count < WantedSlices; z++)
        {
            below += counts[z];
            if (below * (WantedSlices + 1) >= all * (chosen.Count + 1) && counts[z] > 0) chosen.Add(z);
        }
        return [.. chosen];
    }

    /// <summary>Where each pixel of a shown slice comes from.</summary>
    private int[] Sources(int slice)
    {
        var sources = new int[Shape.Width * Shape.Height];
        for (int y = 0; y < Shape.Height; y++)
        {
            int row = _orientation.LastRowTop ? Shape.Height - 1 - y : y;
            for (int x = 0; x < Shape.Width; x++)
            {
                int column = _orientation.LastColumnLeft ? Shape.Width - 1 - x : x;
                sources[y * Shape.Width + x] = (slice * Shape.Height + row) * Shape.Width + column;
            }
        }
        return sources;
    }

    private static byte[] Backdrop(int[] sources, float[]? anatomy, float white) => Array.ConvertAll(sources, voxel =>
        anatomy is null ? SlicePalette.Blank
            : (byte)Math.Round(Math.Clamp(anatomy[voxel] / white, 0, 1) * (Greys - 1)));

    /// <summary>A few bright voxels do not darken the rest: the signal that one in a hundred of those above 0
    /// exceeds.</summary>
    private float White(float[] anatomy)
    {
        float[] above = [.. _sources.SelectMany(sources => sources).Select(voxel => anatomy[voxel])
            .Where(value => float.IsFinite(value) && value > 0)];
        Array.Sort(above);
        return above.Length == 0 ? 1 : above[above.Length * 99 / 100];
    }
}
