using System.Globalization;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Geometry;

/// <summary>The slices of a series as one grid: every volume of it lies on the same planes.</summary>
public sealed class SliceStack
{
    /// <summary>Planes nearer to each other than this are one, mm: rounding of the position's text.</summary>
    private const double SamePlane = 0.02;

    private const double OfOrientation = 1e-4, OfPixelSpacing = 1e-4, OfStep = 0.01;

    private readonly SlicePlane _first;
    private readonly double[] _depths;
    private readonly Vector _step;

    private SliceStack(SlicePlane first, double[] depths, Vector step) =>
        (_first, _depths, _step) = (first, depths, step);

    public int Slices => _depths.Length;

    public int Rows => _first.Rows;

    public int Columns => _first.Columns;

    public SlicePlane First => _first;

    /// <param name="planes">Of every image of the series, in any order.</param>
    /// <param name="thickness">mm, for a series of one slice: spacing between slices, else their thickness.</param>
    /// <exception cref="RefusalException">DICOM-PLANES-DIFFER, DICOM-SLICE-GAP or DICOM-POSITION-MISSING.</exception>
    public static SliceStack Of(IReadOnlyList<SlicePlane> planes, double? thickness)
    {
        var some = planes[0];
        if (planes.Any(plane => !LieAlike(plane, some)))
            throw new RefusalException("DICOM-PLANES-DIFFER",
                "images of different size, pixel spacing or orientation in one series", "one grid",
                "leave the other images out, or name another series with --series");
        var normal = some.Normal;
        var ordered = planes.OrderBy(plane => plane.Position.Dot(normal)).ThenBy(plane => plane.Position.X)
            .ThenBy(plane => plane.Position.Y).ToArray();
        var distinct = new List<SlicePlane>();
        foreach (var plane in ordered)
            if (distinct.Count == 0
                || plane.Position.Dot(normal) - distinct[^1].Position.Dot(normal) > SamePlane) distinct.Add(plane);
        var step = distinct.Count > 1
            ? (distinct[^1].Position - distinct[0].Position) * (1.0 / (distinct.Count - 1))
            : normal * (thickness ?? throw NoThickness());
        var stack = new SliceStack(distinct[0], [.. distinct.Select(p => p.Position.Dot(normal))], step);
        foreach (var plane in ordered) stack.RequireOnGrid(plane);
        return stack;
    }

    /// <summary>The number of the slice, from 0, along the normal.</summary>
    public int IndexOf(SlicePlane plane)
    {
        double depth = plane.Position.Dot(_first.Normal);
        int at = Array.BinarySearch(_depths, depth);
        if (at >= 0) return at;
        int above = ~at;
        if (above == 0) return 0;
        if (above == _depths.Length) return above - 1;
        return depth - _depths[above - 1] <= _depths[above] - depth ? above - 1 : above;
    }

    /// <summary>Voxel indices to NIfTI's axes (right, anterior, superior). Rows run upwards, as dcm2niix stores
    /// them.</summary>
    public AffineMatrix Affine()
    {
        var x = _first.AlongRow * _first.ColumnSpacing;
        var y = _first.AlongColumn * -_first.RowSpacing;
        var origin = _first.Position - y * (Rows - 1);
        return new AffineMatrix([
            -x.X, -y.X, -_step.X, -origin.X,
            -x.Y, -y.Y, -_step.Y, -origin.Y,
            x.Z, y.Z, _step.Z, origin.Z]);
    }

    private void RequireOnGrid(SlicePlane plane)
    {
        int index = IndexOf(plane);
        double off = (plane.Position - (_first.Position + _step * index)).Length;
        double most = Math.Max(SamePlane, OfStep * _step.Length);
        if (off <= most) return;
        throw new RefusalException("DICOM-SLICE-GAP",
            string.Create(CultureInfo.InvariantCulture,
                $"slice {index + 1} of {Slices} lies {off:0.###} mm beside its place"),
            "slices at equal distances", "export the whole series again: slices are missing, or lie unevenly");
    }

    private static bool LieAlike(SlicePlane a, SlicePlane b) =>
        a.Rows == b.Rows && a.Columns == b.Columns
        && Math.Abs(a.RowSpacing - b.RowSpacing) < OfPixelSpacing
        && Math.Abs(a.ColumnSpacing - b.ColumnSpacing) < OfPixelSpacing
        && (a.AlongRow - b.AlongRow).Length < OfOrientation
        && (a.AlongColumn - b.AlongColumn).Length < OfOrientation;

    private static RefusalException NoThickness() => new("DICOM-POSITION-MISSING",
        "one slice without its thickness", "Spacing Between Slices or Slice Thickness", "export the series again");
}
