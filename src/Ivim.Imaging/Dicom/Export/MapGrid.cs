using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>Where the slices of maps lie. Row 0 of a plane is the last row of the NIfTI image.</summary>
/// <param name="Planes">Of each slice, in the order of the image.</param>
/// <param name="Step">Distance of slices, mm.</param>
public sealed record MapGrid(IReadOnlyList<SlicePlane> Planes, double Step)
{
    /// <summary>NIfTI keeps single precision: the planes of a scan and of its maps differ by this, mm.</summary>
    private const double OfSource = 0.01;

    private const double OfRightAngle = 1e-3;

    /// <exception cref="RefusalException">EXPORT-SHEARED, EXPORT-OTHER-GRID.</exception>
    public static MapGrid Of(NiftiHeader header, DicomSource? source) =>
        source is null ? OfAffine(header) : OfSourceGrid(header, source);

    private static MapGrid OfSourceGrid(NiftiHeader header, DicomSource source)
    {
        var (shape, stack) = (header.Shape, source.Stack);
        bool isSame = (shape.Width, shape.Height, shape.Slices) == (stack.Columns, stack.Rows, stack.Slices)
            && header.Affine.LargestDifference(stack.Affine()) < OfSource;
        return isSame ? new MapGrid(source.Planes, source.Step) : throw new RefusalException("EXPORT-OTHER-GRID",
            $"maps of {shape.OneVolume} on another grid than the source of {stack.Columns}x{stack.Rows}x{stack.Slices}",
            "the series that was mapped", "name it with --source and --series, or leave --source out");
    }

    private static MapGrid OfAffine(NiftiHeader header)
    {
        var (shape, affine) = (header.Shape, header.Affine);
        Vector Edge(int column) => new(-affine[0, column], -affine[1, column], affine[2, column]);
        var (x, y, z) = (Edge(0), Edge(1), Edge(2));
        if (Math.Abs(x.Dot(y)) > OfRightAngle * x.Length * y.Length) throw new RefusalException("EXPORT-SHEARED",
            "maps whose rows and columns are not at right angles", "slices of rectangles",
            "resample the scan on a grid with right angles before it is mapped");
        var first = Edge(3) + y * (shape.Height - 1);
        var (across, down) = (x * (1 / x.Length), y * (-1 / y.Length));
        SlicePlane Plane(int k) => new(first + z * k, across, down, y.Length, x.Length, shape.Height, shape.Width);
        return new MapGrid([.. Enumerable.Range(0, shape.Slices).Select(Plane)], z.Length);
    }
}
