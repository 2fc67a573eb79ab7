using System.Text.Json.Nodes;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>Phantoms with known truth, through every command.</summary>
public sealed class SimulatedScanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>
    /// As a person would compare: everything that the default does against a fit of the raw signals. Two members of
    /// 1,000 steps instead of eight of 2,000 change the error by a few per cent; the margin is a factor. Against a fit
    /// of denoised signals: docs/accuracy.md.
    /// </remarks>
    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public async Task The_default_is_closer_to_the_truth_than_least_squares_of_the_raw_signals(int signalToNoise)
    {
        var scan = _folder.Path("scan");
        (await IvimProcess.RunAsync("simulate", "--out", scan, "--phantom", "smooth", "--size", "48", "48", "4",
            "--snr", $"{signalToNoise}", "--shading", "0.2", "--seed", "31")).MustBeDone();

        var leastSquares = await ErrorsAsync(scan, "nlls", "--denoise", "none");
        var network = await ErrorsAsync(scan, "cnn-bilstm-mham", "--members", "2", "--steps", "1000");

        foreach (var parameter in (string[])["D", "f", "Dstar"])
            Assert.True(network[parameter] < leastSquares[parameter],
                $"{parameter}: network {network[parameter]}, least squares {leastSquares[parameter]}");
    }

    [Fact]
    public async Task The_demo_maps_and_draws_a_phantom()
    {
        (await IvimProcess.RunAsync("demo", "--out", _folder.Path("demo"), "--quiet")).MustBeDone();

        var png = await File.ReadAllBytesAsync(Path.Combine(_folder.Path("demo"), "maps.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    private async Task<Dictionary<string, double>> ErrorsAsync(string scan, string method, params string[] options)
    {
        var maps = _folder.Path(method);
        (await IvimProcess.RunAsync([
            "map", Path.Combine(scan, "sub-01_dwi.nii.gz"), "--mask", Path.Combine(scan, "sub-01_mask.nii.gz"),
            "--out", maps, "--method", method, "--quiet", .. options])).MustBeDone();
        var run = await IvimProcess.RunAsync("evaluate", maps, "--truth", Path.Combine(scan, "truth"), "--json");
        return run.MustBeDone().Report["parameters"]!.AsObject()
            .ToDictionary(parameter => parameter.Key, parameter => PooledError(parameter.Value!));
    }

    private static double PooledError(JsonNode parameter) =>
        (double)parameter["regions"]!.AsArray().Single(region => (string)region!["region"]! == "all")!["rmse"]!;
}
