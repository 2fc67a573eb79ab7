using Ivim.Physics;

namespace Ivim.Imaging.Reports;

/// <summary>What a picture shows: one slice of each parameter, with the truth beside it where that is known.</summary>
public sealed record MapPictureContent
{
    public required string Title { get; init; }

    /// <summary>Voxels along x, y and z; every volume here has their product as its length, x fastest.</summary>
    public required (int X, int Y, int Z) Size { get; init; }

    /// <summary>Edge lengths of a voxel in the slice, mm; only their ratio matters.</summary>
    public (double X, double Y) SpacingMm { get; init; } = (1, 1);

    public SliceOrientation Orientation { get; init; }

    public required IReadOnlyList<MapPictureRow> Rows { get; init; }

    /// <summary>Voxels to show; the others stay blank. Without it every voxel is shown.</summary>
    public bool[]? Mask { get; init; }

    /// <summary>Index along z, the middle one when absent.</summary>
    public int? Slice { get; init; }

    internal int ShownSlice => Slice ?? Size.Z / 2;

    internal int SliceLength => Size.X * Size.Y;

    internal bool ShowsTruth => Rows.Any(row => row.Truth is not null);

    internal void Check()
    {
        if (Size.X < 1 || Size.Y < 1 || Size.Z < 1 || Rows.Count == 0)
            throw new ArgumentException("a picture has at least one voxel and one row");
        if (ShownSlice < 0 || ShownSlice >= Size.Z)
            throw new RefusalException(
                "PICTURE-SLICE", $"slice {ShownSlice}", $"0 to {Size.Z - 1}", "choose another slice");
        int length = SliceLength * Size.Z;
        if (Rows.Any(row => row.Estimate.Length != length || (row.Truth?.Length ?? length) != length)
            || (Mask?.Length ?? length) != length)
            throw new ArgumentException($"every volume and the mask have {length} voxels");
    }
}

/// <summary>One parameter of a picture.</summary>
/// <param name="Parameter">The symbol, as the heading of the row.</param>
/// <param name="Unit">The unit of the displayed numbers, empty for a dimensionless one.</param>
/// <param name="DisplayScale">Displayed number per stored number, for example 1000 for 10⁻³ mm²/s.</param>
public sealed record MapPictureRow(
    string Parameter, string Unit, double DisplayScale, float[] Estimate, float[]? Truth = null)
{
    /// <param name="estimateMm2PerSecond">D, mm²/s.</param>
    public static MapPictureRow D(float[] estimateMm2PerSecond, float[]? truth = null) =>
        new("D", "10⁻³ mm²/s", 1000, estimateMm2PerSecond, truth);

    public static MapPictureRow F(float[] estimate, float[]? truth = null) =>
        new("f", "", 1, estimate, truth);

    /// <param name="estimateMm2PerSecond">D*, mm²/s.</param>
    public static MapPictureRow DStar(float[] estimateMm2PerSecond, float[]? truth = null) =>
        new("D*", "10⁻³ mm²/s", 1000, estimateMm2PerSecond, truth);
}
