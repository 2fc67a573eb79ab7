using System.Text.Json.Nodes;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>The comparison of methods, with the real fits, on a phantom of a second.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_method_is_mapped_and_ranked_against_the_same_truth()
    {
        string[] arguments =
        [
            "benchmark", "--out", _folder.Path("b"), "--size", "20", "20", "4", "--phantoms", "abdomen-62", "--snr",
            "30", "--methods", "nlls+raw", "nlls", "mrf-map", "nlls+polished", "--realisations", "1", "--json",
            "--quiet",
        ];
        var run = (await IvimProcess.RunAsync(arguments)).MustBeDone();

        Assert.Equal(4, (int)run.Report["runs"]!);
        var table = Path.Combine(_folder.Path("b"), "benchmark.json");
        byte[] first = await File.ReadAllBytesAsync(table);
        var rows = JsonNode.Parse(first)!["rows"]!.AsArray();
        var ratios = rows.ToDictionary(row => (string)row!["method"]!, row => (double)row!["ratio"]!["estimate"]!);
        Assert.Equal(1, ratios["mrf-map"], 1e-12);
        // Correlated noise at SNR 30: denoising takes away far more than a tenth, whatever the draw.
        Assert.True(ratios["nlls"] < 0.9 * ratios["nlls+raw"], $"{ratios["nlls"]} and {ratios["nlls+raw"]}");
        Assert.NotEqual(ratios["nlls"], ratios["nlls+polished"]);
        Assert.InRange((double)rows[0]!["parameters"]!["D"]!["coverage"]!, 0.01, 1);

        (await IvimProcess.RunAsync(arguments)).MustBeDone();
        Assert.Equal(first, await File.ReadAllBytesAsync(table));
    }
}
