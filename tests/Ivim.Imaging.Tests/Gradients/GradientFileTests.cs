using Ivim.Imaging.Gradients;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Gradients;

public sealed class GradientFileTests
{
    [Theory]
    [InlineData("0 10 20")]
    [InlineData("\uFEFF0\t10\t20\t\r\n")]
    [InlineData("  0\n10\n\n20  \n")]
    [InlineData("0.0 1e1 2.0E+1")]
    public void B_values_may_be_parted_by_any_white_space(string text) =>
        Assert.Equal([0.0, 10.0, 20.0], BValueFile.Parse(text));

    [Theory]
    [InlineData("", "BVAL-NUMBER")]
    [InlineData("0, 10", "BVAL-NUMBER")]
    [InlineData("0,5 10", "BVAL-NUMBER")]
    [InlineData("[0 10]", "BVAL-NUMBER")]
    [InlineData("0 NaN", "BVAL-NUMBER")]
    [InlineData("0 1e999", "BVAL-NUMBER")]
    [InlineData("0 -5", "BVAL-NEGATIVE")]
    [InlineData("0 1e9", "BVAL-RANGE")]
    public void Anything_else_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => BValueFile.Parse(text)).Code);

    [Fact]
    public void B_vectors_are_read_as_three_rows_or_three_columns()
    {
        var rows = BVectorFile.Parse("0 2 0 1\n0 0 3 1\n0 0 0 0\n");
        var columns = BVectorFile.Parse("0 0 0\n2 0 0\n0 3 0\n1 1 0\n");
        Assert.Equal(rows.ToArray(), columns.ToArray());
        Assert.True(rows[0].IsNone);
        Assert.Equal(new GradientDirection(1, 0, 0), rows[1]);
        Assert.True(rows[3].IsSameAs(GradientDirection.Of(-1, -1, 0.001)));
        Assert.False(rows[3].IsSameAs(rows[1]));
    }

    [Theory]
    [InlineData("1 0 0 1\n0 1 0 0\n", "BVEC-SHAPE")]
    [InlineData("1 0\n0 1\n0 0 0\n", "BVEC-SHAPE")]
    [InlineData("x y z\n", "BVEC-NUMBER")]
    public void Other_b_vectors_are_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => BVectorFile.Parse(text)).Code);

    [Fact]
    public void Side_cars_are_found_beside_every_form_of_an_image()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bval", "0"u8.ToArray());
        foreach (string name in new[] { "a.nii.gz", "a.nii", "a.hdr", "a.img.gz" })
            Assert.Equal(folder.Path("a.bval"), SideCars.Beside(folder.Path(name)).RequireBValues());
        Assert.Null(SideCars.Beside(folder.Path("a.nii")).BVectorPath);
        var refusal = Assert.Throws<RefusalException>(() => SideCars.Beside(folder.Path("b.nii")).RequireBValues());
        Assert.Equal("BVAL-MISSING", refusal.Code);
        Assert.Equal("BVAL-MISSING",
            Assert.Throws<RefusalException>(() => BValueFile.Read(folder.Path("b.bval"))).Code);
    }

    [SkippableFact]
    public void A_real_renal_protocol_has_fourteen_b_values()
    {
        // PROVENANCE: 79 volumes, one b = 0 and 13 b-values of six volumes each.
        string path = SharedData.Path("bval_sidecars/philips__03901__DWI_5slices.bval");
        var clusters = BValueClusters.Of(BValueFile.Read(path));
        Assert.Equal(79, clusters.Volumes.Sum(v => v.Length));
        Assert.Equal(14, clusters.SecondsPerMm2.Length);
        Assert.Equal([0, 5, 10, 20, 30, 40, 50, 70, 100, 200, 300, 400, 500, 800],
            clusters.SecondsPerMm2.Select(b => (int)b));
        Assert.Empty(clusters.Warnings);
        Assert.Equal(79, BVectorFile.Read(SharedData.Path("bval_sidecars/philips__03901__DWI_5slices.bvec")).Length);
    }

    [SkippableFact]
    public void Rows_and_columns_of_real_b_vectors_are_told_apart()
    {
        Assert.Equal(65, BVectorFile.Read(SharedData.Path("badinput/dipy_debian/small_64D.bvec")).Length);
        Assert.Equal(102, BVectorFile.Read(SharedData.Path("badinput/dipy_debian/small_101D.bvec")).Length);
    }
}
