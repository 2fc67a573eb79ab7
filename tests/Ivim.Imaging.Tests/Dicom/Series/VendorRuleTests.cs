using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Dicom.Writing;
using Ivim.Imaging.Gradients;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>Where each scanner writes b-values and directions (dcm2niix's vendor notes; PS3.3 C.8.13.5.9).</summary>
public sealed class VendorRuleTests : IDisposable
{
    private static readonly DicomTag BValue = new(0x0018, 0x9087);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void GE_adds_a_thousand_million_to_its_b_values()
    {
        var series = Read("GE MEDICAL SYSTEMS", [0, 750], Ge);
        Assert.Equal((double[])[0.0, 750], series.BSecondsPerMm2);
        Assert.Equal(1, series.Directions!.Value[1].X, 1e-6);
        Assert.True(series.Directions.Value[0].IsNone);
    }

    [Fact]
    public void GE_with_two_different_b_values_in_one_image_is_refused()
    {
        var refusal = Assert.Throws<RefusalException>(() => Read("GE MEDICAL SYSTEMS", [0, 1000], (c, b, v) =>
            Ge(c, b, v).Doubles(BValue, 3 * b)));
        Assert.Equal("DICOM-B-CONFLICT", refusal.Code);
        Assert.Contains("3000", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A b-value is then coded by the length of the gradient (dcm2niix issue 163).</summary>
    [Fact]
    public void GE_with_short_gradients_is_refused() => Assert.Equal("DICOM-B-CONFLICT",
        Assert.Throws<RefusalException>(() => Read("GE MEDICAL SYSTEMS", [0, 1000], (c, b, v) =>
            Ge(c, b, v).Text(new(0x0019, 0x10BB), "DS", "0.5"))).Code);

    [Fact]
    public void Siemens_without_a_CSA_header_has_private_elements()
    {
        var series = Read("SIEMENS", [0, 800], (c, b, v) => c.Text(new(0x0019, 0x0010), "LO", "SIEMENS MR HEADER")
            .Integers(new(0x0019, 0x100C), (int)b).Doubles(new(0x0019, 0x100E), 0.8, 0.6, 0));
        Assert.Equal((double[])[0.0, 800], series.BSecondsPerMm2);
        // Along the rows of the slices.
        Assert.Equal(new GradientDirection(1, 0, 0), Rounded(series.Directions!.Value[1]));
    }

    [Fact]
    public void Siemens_reports_what_was_played_and_that_is_kept() => Assert.Equal((double[])[0.0, 795, 805],
        Read("SIEMENS", [0, 795, 805], (c, b, v) => c.Text(new(0x0019, 0x0010), "LO", "SIEMENS MR HEADER")
            .Integers(new(0x0019, 0x100C), (int)b)).BSecondsPerMm2);

    [Fact]
    public void Philips_with_empty_standard_elements_has_its_own()
    {
        var series = Read("Philips", [0, 400], (c, b, v) => Philips(c, b, v, "O").Text(BValue, "FD"));
        Assert.Equal((double[])[0.0, 400], series.BSecondsPerMm2);
        Assert.Equal(new GradientDirection(1, 0, 0), Rounded(series.Directions!.Value[1]));
    }

    [Fact]
    public void Philips_b_values_of_a_nested_item_are_not_those_of_the_image() => Assert.Equal((double[])[0.0, 400],
        Read("Philips", [0, 400], (c, b, v) => Philips(c, b, v, "O")
            .Sequence(new(0x2005, 0x140F), new DicomContent().Doubles(BValue, 77))).BSecondsPerMm2);

    [Fact]
    public void Philips_isotropic_images_are_traces_without_direction()
    {
        var series = Read("Philips", [0, 400], (c, b, v) => Philips(c, b, v, "I"));
        Assert.True(series.Directions!.Value[1].IsNone);
        Assert.DoesNotContain(series.Warnings, warning => warning.Code == "DICOM-DIRECTION-MISSING");
    }

    /// <summary>FP = DV / (RS x SS), Chenevert et al. 2014.</summary>
    [Fact]
    public void Philips_signals_are_those_of_its_scale_slope()
    {
        var series = Read("Philips", [0, 400], (c, b, v) => Philips(c, b, v, "O")
            .Text(new(0x2005, 0x0010), "LO", "Philips MR Imaging DD 001").Singles(new(0x2005, 0x100E), 0.5f)
            .Decimals(new(0x0028, 0x1053), 3));
        Assert.Equal(WrittenSeries.Small(0, 400).Stored[0][0] / 0.5, series.Image.Voxels[0]);
    }

    [Fact]
    public void Canon_without_a_b_value_among_others_that_have_one_is_b_0() => Assert.Equal((double[])[0.0, 1500],
        Read("CANON_MEC", [0, 1500], (c, b, v) => b > 0 ? c.Doubles(BValue, b) : c).BSecondsPerMm2);

    [Fact]
    public void Canon_writes_b_and_direction_into_a_comment()
    {
        var series = Read("TOSHIBA", [0, 1500], (c, b, v) => b > 0
            ? c.Text(new(0x0020, 0x4000), "LT", "b=1500(0.445,0.000,0.895)")
            : c);
        Assert.Equal((double[])[0.0, 1500], series.BSecondsPerMm2);
        Assert.Equal(0.445, series.Directions!.Value[1].X, 1e-3);
    }

    [Fact]
    public void United_Imaging_reports_the_b_that_was_played() => Assert.Equal((double[])[1.25, 801],
        Read("UIH", [1.25, 801], (c, b, v) => c.Text(new(0x0065, 0x0010), "LO", "Image Private Header")
            .Doubles(new(0x0065, 0x1009), b).Doubles(new(0x0065, 0x100A), 800)
            .Doubles(new(0x0065, 0x1037), 0, 1, 0)).BSecondsPerMm2);

    [Fact]
    public void A_matrix_without_a_direction_tells_it()
    {
        var series = Read("ACME", [0, 400], (c, b, v) => c.Doubles(BValue, b).Text(new(0x0018, 0x9075), "CS", "BMATRIX")
            .Sequence(new(0x0018, 0x9601), new DicomContent()
                .Doubles(new(0x0018, 0x9602), 0.64 * b).Doubles(new(0x0018, 0x9603), 0.48 * b)
                .Doubles(new(0x0018, 0x9604), 0).Doubles(new(0x0018, 0x9605), 0.36 * b)
                .Doubles(new(0x0018, 0x9606), 0).Doubles(new(0x0018, 0x9607), 0)));
        Assert.Equal(new GradientDirection(1, 0, 0), Rounded(series.Directions!.Value[1]));
    }

    public void Dispose() => _folder.Dispose();

    private static DicomContent Ge(DicomContent content, double b, int volume) => content
        .Text(new(0x0043, 0x0010), "LO", "GEMS_PARM_01").Text(new(0x0019, 0x0010), "LO", "GEMS_ACQU_01")
        .Integers(new(0x0043, 0x1039), b > 0 ? 1_000_000_000 + (int)b : 0, 8, 0, 0)
        .Text(new(0x0018, 0x1312), "CS", "COL")
        .Decimals(new(0x0019, 0x10BB), b > 0 ? 1 : 0).Decimals(new(0x0019, 0x10BC), 0)
        .Decimals(new(0x0019, 0x10BD), 0);

    private static DicomContent Philips(DicomContent content, double b, int volume, string direction) => content
        .Text(new(0x2001, 0x0010), "LO", "Philips Imaging DD 001").Singles(new(0x2001, 0x1003), (float)b)
        .Text(new(0x2001, 0x1004), "CS", direction)
        .Text(new(0x2005, 0x0010), "LO", "Philips MR Imaging DD 001").Singles(new(0x2005, 0x10B0), 0.8f)
        .Singles(new(0x2005, 0x10B1), 0.6f).Singles(new(0x2005, 0x10B2), 0);

    private static GradientDirection Rounded(GradientDirection found) => new(
        Math.Abs(Math.Round(found.X, 6)), Math.Abs(Math.Round(found.Y, 6)), Math.Abs(Math.Round(found.Z, 6)));

    private DicomSeries Read(string manufacturer, double[] b, Func<DicomContent, double, int, DicomContent> weigh)
    {
        var written = WrittenSeries.Small(b) with { Manufacturer = manufacturer };
        written.WriteClassic(_folder.Root, (content, v, z) => weigh(content, b[v], v));
        return new DicomSeriesReader().Read(_folder.Root);
    }
}
