using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Dicom.Writing;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>Which images make the series, and when there is none.</summary>
public sealed class SeriesRuleTests : IDisposable
{
    private static readonly WrittenSeries Usual = WrittenSeries.Small(0, 50, 200, 800);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Foreign_files_and_copies_are_left_out_and_counted()
    {
        Write(Usual);
        File.WriteAllText(Path.Combine(_folder.Root, "notes.txt"), "no DICOM at all, and nothing like it");
        File.Copy(Path.Combine(_folder.Root, "I0001"), Path.Combine(_folder.Root, "copy"));
        WrittenSeries.Write(_folder.Root, new DicomContent()
            .Text(new(0x0008, 0x0016), "UI", "1.2.840.10008.5.1.4.1.1.11.1")
            .Text(new(0x0008, 0x0018), "UI", "1.2.3"), "presentation");
        var series = Read();
        Assert.Equal(Usual.Signals, series.Image.Voxels);
        Assert.Equal(["DICOM-FOREIGN-FILES", "DICOM-OTHER-OBJECTS", "DICOM-COPIES", "DICOM-DIRECTION-MISSING"],
            series.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void The_only_series_with_four_b_values_is_the_one()
    {
        Write(Usual);
        Write(WrittenSeries.Small(0, 1000) with { Uid = DicomUid.Of("trace"), Number = 2 }, "other");
        Assert.Equal(Usual.BValues, Read().BSecondsPerMm2);
        Assert.Equal((double[])[0.0, 1000], Read(new DicomWishes("1")).BSecondsPerMm2);
        Assert.Equal((double[])[0.0, 1000], Read(new DicomWishes(DicomUid.Of("trace"))).BSecondsPerMm2);
        Assert.Equal("DICOM-SERIES-UNKNOWN", Refusal(new DicomWishes("9")).Code);
    }

    [Fact]
    public void Two_that_may_be_meant_are_listed_by_numbers_only()
    {
        Write(Usual);
        Write(Usual with { Uid = DicomUid.Of("again"), Number = 4 }, "other");
        var refusal = Refusal();
        Assert.Equal("DICOM-SERIES-SEVERAL", refusal.Code);
        Assert.Contains("1: 12 images, b = 0 50 200 800 | 2: 12 images, b = 0 50 200 800", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_and_phases_of_the_same_series_are_left_out()
    {
        Write(Usual);
        Write(WrittenSeries.Small(0) with { ImageType = ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"] }, "adc", 100);
        Write(WrittenSeries.Small(0) with { ImageType = ["ORIGINAL", "PRIMARY", "P", "ND"] }, "phase", 200);
        var series = Read();
        Assert.Equal(Usual.Signals, series.Image.Voxels);
        Assert.Equal(["DICOM-MAPS: 3", "DICOM-PHASES: 3"],
            series.Warnings.Take(2).Select(warning => string.Join(' ', warning.ToString().Split(' ')[..2])));
    }

    [Fact]
    public void Trace_images_take_the_place_of_the_directions_they_are_the_mean_of()
    {
        Write(Usual);
        Write(WrittenSeries.Small(50, 200, 800) with
        {
            ImageType = ["DERIVED", "PRIMARY", "DIFFUSION", "TRACEW"],
        }, "trace", 100);
        var series = Read();
        Assert.Equal(Usual.BValues, series.BSecondsPerMm2);
        Assert.Contains(series.Warnings, warning => warning.Code == "DICOM-TRACE-USED");
        Assert.Equal(1000, series.Image.Voxels[60]);
    }

    [Fact]
    public void A_missing_slice_is_found_in_one_volume_and_in_all()
    {
        Write(Usual);
        File.Delete(Path.Combine(_folder.Root, "I0002"));
        Assert.Equal("DICOM-SLICES-MISSING", Refusal().Code);
        foreach (var (v, z) in Enumerable.Range(0, 4).Select(v => (v, 1)))
            File.Delete(Path.Combine(_folder.Root, $"I{v * 3 + z + 1:0000}"));
        // Two slices are left, evenly spaced by nature.
        Assert.Equal(2, Read().Image.Header.Shape.Slices);
    }

    [Fact]
    public void A_gap_between_slices_is_refused()
    {
        Usual.WriteClassic(_folder.Root, (content, v, z) =>
        {
            Usual.Standard(content, v, z);
            if (z == 2) content.Decimals(new(0x0020, 0x0032), -10, 20, -30 + 2.2 * 4);
        });
        Assert.Equal("DICOM-SLICE-GAP", Refusal().Code);
    }

    [Fact]
    public void Slices_of_another_orientation_are_refused()
    {
        Usual.WriteClassic(_folder.Root, (content, v, z) =>
        {
            Usual.Standard(content, v, z);
            if (v == 3) content.Decimals(new(0x0020, 0x0037), 1, 0, 0, 0, 1, 0);
        });
        Assert.Equal("DICOM-PLANES-DIFFER", Refusal().Code);
    }

    [Fact]
    public void Two_contents_under_one_name_are_refused()
    {
        Write(Usual);
        Write(WrittenSeries.Small(0, 50) with { Slope = 2 }, "other");
        Assert.Equal("DICOM-DUPLICATE", Refusal().Code);
    }

    [Fact]
    public void Without_b_values_a_side_file_is_asked_for_and_taken()
    {
        Usual.WriteClassic(_folder.Root);
        Assert.Equal("DICOM-B-MISSING", Refusal().Code);
        var series = Read(new DicomWishes(BSecondsPerMm2: [5, 6, 7, 8]));
        Assert.Equal((double[])[5.0, 6, 7, 8], series.BSecondsPerMm2);
        Assert.Equal(Usual.Stored[0][0], series.Image.Voxels[0]);
        Assert.Contains(series.Warnings, warning => warning.Code == "DICOM-ORDER-ASSUMED");
        Assert.Equal("BVAL-COUNT", Refusal(new DicomWishes(BSecondsPerMm2: [5, 6, 7])).Code);
    }

    [Fact]
    public void One_image_without_a_b_value_stops_the_series()
    {
        Usual.WriteClassic(_folder.Root, (content, v, z) =>
        {
            if (v != 2 || z != 1) Usual.Standard(content, v, z);
        });
        Assert.Equal("DICOM-B-MISSING", Refusal().Code);
    }

    [Fact]
    public void A_damaged_file_stops_the_series_since_it_may_be_a_part_of_it()
    {
        Write(Usual);
        string path = Path.Combine(_folder.Root, "I0001");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..600]);
        Assert.StartsWith("DICOM-", Refusal().Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_names_a_person_gets_into_the_side_car()
    {
        Write(Usual);
        string json = Read().Technical.ToJsonString();
        Assert.DoesNotContain("Secret", json, StringComparison.Ordinal);
        Assert.DoesNotContain("ACME", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    [InlineData("link")]
    [InlineData("absent")]
    public void A_directory_that_leads_elsewhere_is_refused(string part)
    {
        string inner = Path.Combine(_folder.Root, "medium");
        Write(Usual, "outside");
        Directory.CreateDirectory(inner);
        File.CreateSymbolicLink(Path.Combine(inner, "link"), Path.Combine(_folder.Root, "outside"));
        WriteDirectory(inner, part, "I0001");
        Assert.Equal("DICOM-DIRECTORY", Assert.Throws<RefusalException>(
            () => new DicomSeriesReader().Read(Path.Combine(inner, "DICOMDIR"))).Code);
    }

    public void Dispose() => _folder.Dispose();

    private static void WriteDirectory(string folder, params string[] file) => WrittenSeries.Write(folder,
        new DicomContent().Text(new(0x0008, 0x0016), "UI", "1.2.840.10008.1.3.10")
            .Text(new(0x0008, 0x0018), "UI", "1.2.3")
            .Sequence(new(0x0004, 0x1220), new DicomContent().Text(new(0x0004, 0x1500), "CS", file)), "DICOMDIR");

    private void Write(WrittenSeries written, string folder = "", int after = 0) => written.WriteClassic(
        Path.Combine(_folder.Root, folder), (content, v, z) =>
        {
            written.Standard(content, v, z);
            if (after == 0) return;
            content.Integers(new(0x0020, 0x0013), after + v)
                .Text(new(0x0008, 0x0018), "UI", DicomUid.Of($"{after} {v} {z}"));
        });

    private DicomSeries Read(DicomWishes? wishes = null) => new DicomSeriesReader().Read(_folder.Root, wishes);

    private RefusalException Refusal(DicomWishes? wishes = null) =>
        Assert.Throws<RefusalException>(() => Read(wishes));
}
