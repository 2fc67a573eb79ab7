using Ivim.Imaging.Dicom.Series;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>Damaged objects among good ones give a series or a refusal, nothing else.</summary>
public sealed class SeriesMutationTests : IDisposable
{
    private const int Cases = 150;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("classic")]
    [InlineData("enhanced")]
    [InlineData("mosaic")]
    public void Changed_bytes_give_a_series_or_a_refusal(string form)
    {
        var written = WrittenSeries.Small(0, 50, 200) with { Manufacturer = "Philips" };
        if (form == "classic") written.WriteClassic(_folder.Root, written.Standard);
        else if (form == "enhanced") written.WriteEnhanced(_folder.Root);
        else written.WriteMosaic(_folder.Root);
        string path = Directory.GetFiles(_folder.Root).Order(StringComparer.Ordinal).First();
        byte[] whole = File.ReadAllBytes(path);
        var random = new RandomStream(17);
        for (int i = 0; i < Cases; i++)
        {
            byte[] damaged = [.. whole];
            // Behind the preamble, whose bytes nobody reads.
            int[] places = random.Permutation(whole.Length - 128);
            for (int k = 0; k < 1 + i % 6; k++) damaged[128 + places[k]] = (byte)places[^(k + 1)];
            File.WriteAllBytes(path, i % 10 == 9 ? damaged[..(128 + places[7])] : damaged);
            Attempt();
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Attempt()
    {
        try
        {
            var series = new DicomSeriesReader().Read(_folder.Root);
            Assert.Equal(series.Image.Header.Shape.Voxels, series.Image.Voxels.Length);
            Assert.True(series.Image.Header.Affine.IsFinite);
            Assert.Equal(series.Image.Header.Shape.Volumes, series.BSecondsPerMm2.Length);
        }
        catch (RefusalException refusal)
        {
            Assert.DoesNotContain(_folder.Root, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret", refusal.Message, StringComparison.Ordinal);
        }
    }
}
