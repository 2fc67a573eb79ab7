using System.Buffers.Binary;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Reports;
using Ivim.Physics;
using SkiaSharp;

namespace Ivim.Cli.Tests.Reports;

public sealed class MapPictureTests
{
    private static readonly (int X, int Y, int Z) Size = (40, 30, 5);

    [Fact]
    public void A_picture_is_a_PNG_of_the_size_that_its_columns_and_rows_need()
    {
        byte[] png = MapPicture.Render(Content(withTruth: true));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
        // Margins 24, label 96, three panels of 300 x 225 with gaps of 14, room of 76 for each of the two bars.
        Assert.Equal(24 + 96 + 3 * 314 + 2 * 76 + 24, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(84 + 3 * 239 - 14 + 24, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void Without_a_truth_there_is_one_column()
    {
        byte[] png = MapPicture.Render(Content(withTruth: false));
        Assert.Equal(24 + 96 + 314 + 76 + 24, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    [Fact]
    public void The_same_maps_make_the_same_bytes() =>
        Assert.Equal(MapPicture.Render(Content(withTruth: true)), MapPicture.Render(Content(withTruth: true)));

    [Fact]
    public void Text_is_drawn_on_a_machine_without_fonts()
    {
        using var picture = SKBitmap.Decode(MapPicture.Render(Content(withTruth: true)));
        // Title area: more than one colour, and ink of many shades, which boxes for missing letters would not have.
        var shades = Enumerable.Range(24, 200).SelectMany(x =>
            Enumerable.Range(18, 24).Select(y => picture.GetPixel(x, y).Red));
        Assert.True(shades.Distinct().Count() > 20);
    }

    [Fact]
    public void The_last_row_is_at_the_top_where_the_patients_front_is()
    {
        var volume = new float[Size.X * Size.Y * Size.Z];
        for (int voxel = 0; voxel < volume.Length; voxel++) volume[voxel] = voxel / Size.X % Size.Y;
        using var picture = SKBitmap.Decode(MapPicture.Render(Content(withTruth: false) with
        {
            Rows = [new MapPictureRow("y", "", 1, volume)],
            Orientation = SliceOrientation.Radiological(new AffineMatrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])),
        }));
        picture.GetPixel(270, 84 + 40).ToHsl(out _, out _, out float top);
        picture.GetPixel(270, 84 + 185).ToHsl(out _, out _, out float bottom);
        Assert.True(top > bottom, "higher numbers are lighter");
    }

    [Fact]
    public void A_slice_that_does_not_exist_is_refused()
    {
        var content = Content(withTruth: false) with { Slice = 5 };
        var refusal = Assert.Throws<RefusalException>(() => MapPicture.Render(content));
        Assert.Equal("PICTURE-SLICE", refusal.Code);
    }

    [Fact]
    public void Maps_without_a_finite_voxel_still_make_a_picture()
    {
        var nothing = Enumerable.Repeat(float.NaN, Size.X * Size.Y * Size.Z).ToArray();
        Assert.NotEmpty(MapPicture.Render(Content(withTruth: false) with { Rows = [MapPictureRow.D(nothing)] }));
    }

    /// <summary>A disc whose parameters vary smoothly, with an error that grows to one side.</summary>
    private static MapPictureContent Content(bool withTruth)
    {
        float[] d = Volume((x, y) => 0.001 + 0.001 * x * y);
        float[] f = Volume((x, _) => 0.1 + 0.2 * x), dStar = Volume((_, y) => 0.02 + 0.06 * y);
        float[]? Truth(float[] map) => withTruth ? map : null;
        float[] Estimate(float[] map) =>
            [.. map.Select((value, voxel) => value * (1 + 0.2f * (voxel % Size.X) / Size.X))];
        return new MapPictureContent
        {
            Title = "sub-01, phantom at SNR 40",
            Size = Size,
            Mask = Array.ConvertAll(Volume((x, y) => 0.2 - Math.Pow(x - 0.5, 2) - Math.Pow(y - 0.5, 2)), v => v > 0),
            Rows =
            [
                MapPictureRow.D(Estimate(d), Truth(d)), MapPictureRow.F(Estimate(f), Truth(f)),
                MapPictureRow.DStar(Estimate(dStar), Truth(dStar)),
            ],
        };
    }

    private static float[] Volume(Func<double, double, double> value) =>
        [.. from z in Enumerable.Range(0, Size.Z)
            from y in Enumerable.Range(0, Size.Y)
            from x in Enumerable.Range(0, Size.X)
            select (float)value((double)x / Size.X, (double)y / Size.Y)];
}
