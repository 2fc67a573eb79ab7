using System.Globalization;
using System.Text.Json;
using Ivim.Cli.Benchmark;

namespace Ivim.Cli.Tests.Benchmark;

public sealed class BenchmarkCommandTests : IDisposable
{
    // 2 phantoms x 2 ratios x 2 draws: three methods on the nested squares, one on random voxels.
    private const int AllRuns = 2 * 2 * (3 + 1);

    private static readonly string[] Small =
    [
        "--size", "12", "10", "4", "--phantoms", "random", "nested-62", "--snr", "20", "50", "--methods", "nlls+raw",
        "nlls", "mrf-map", "--realisations", "2",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_errors_of_maps_that_are_five_percent_too_high_stand_in_every_table()
    {
        var runner = new CountingRunner();
        var run = await BenchmarkAsync(runner, "--json");
        Assert.Equal((0, AllRuns), (run.ExitCode, runner.Runs));
        Assert.Equal(AllRuns, JsonDocument.Parse(run.LastLine).RootElement.GetProperty("runs").GetInt32());
        var rows = Rows();
        Assert.Equal(AllRuns / 2, rows.Count);
        foreach (var row in rows)
        {
            Assert.Equal(1, row.GetProperty("ratio").GetProperty("estimate").GetDouble(), 1e-9);
            var regions = row.GetProperty("parameters").GetProperty("D").GetProperty("regions");
            // The factor 1.05 in float32.
            Assert.All(regions.EnumerateArray(), region =>
                Assert.Equal(0.05, region.GetProperty("relativeBias").GetDouble(), 1e-6));
        }
        string[] table = File.ReadAllLines(_folder["b/benchmark.csv"]);
        int bias = Array.IndexOf(table[0].Split(','), "relative_bias");
        Assert.All(table.Skip(1), line =>
            Assert.Equal(0.05, double.Parse(line.Split(',')[bias], CultureInfo.InvariantCulture), 1e-6));
        Assert.True(File.Exists(_folder["b/benchmark-nested-62.png"]));
    }

    [Fact]
    public async Task A_second_call_maps_nothing_and_says_the_same()
    {
        await BenchmarkAsync(new CountingRunner());
        byte[] first = File.ReadAllBytes(_folder["b/benchmark.json"]);
        var runner = new CountingRunner();
        await BenchmarkAsync(runner);
        Assert.Equal(0, runner.Runs);
        Assert.Equal(first, File.ReadAllBytes(_folder["b/benchmark.json"]));
    }

    [Fact]
    public async Task What_was_interrupted_goes_on_where_it_was()
    {
        var killed = await BenchmarkAsync(new CountingRunner { InterruptedRun = 6 });
        Assert.Equal(130, killed.ExitCode);
        Assert.False(File.Exists(_folder["b/benchmark.json"]));
        var runner = new CountingRunner();
        Assert.Equal(0, (await BenchmarkAsync(runner)).ExitCode);
        Assert.Equal(AllRuns - 5, runner.Runs);
    }

    [Fact]
    public async Task Networks_that_agree_have_no_spread_over_their_seeds()
    {
        var runner = new CountingRunner();
        await BenchmarkAsync(runner, "--network-seeds", "2");
        Assert.Equal(AllRuns, runner.Runs);
        Assert.All(Rows(), row => Assert.Equal(JsonValueKind.Null, Spread(row).ValueKind));
        await ProgramRun.OfAsync(runner, "benchmark", "--out", _folder["b"], "--size", "12", "10", "4", "--phantoms",
            "nested", "--snr", "20", "--methods", "cnn-bilstm-mham", "--realisations", "1", "--network-seeds", "2");
        Assert.Equal(AllRuns + 2, runner.Runs);
        Assert.Equal(0, Spread(Assert.Single(Rows())).GetDouble());
    }

    [Fact]
    public async Task A_method_that_fails_is_named_and_costs_the_others_nothing()
    {
        var run = await BenchmarkAsync(new CountingRunner { Refused = "mrf-map" }, "--json");
        Assert.Equal(1, run.ExitCode);
        var errors = JsonDocument.Parse(run.LastLine).RootElement.GetProperty("errors");
        Assert.Equal(4, errors.GetArrayLength());
        Assert.Equal("SEGMENTED-NEEDS-HIGH-B", errors[0].GetProperty("code").GetString());
        Assert.Equal(6, Rows().Count);
    }

    [Fact]
    public async Task The_section_of_a_document_is_replaced_and_nothing_else()
    {
        var document = _folder["accuracy.md"];
        File.WriteAllText(document, $"before\n{DocumentSection.Begin}\nold\n{DocumentSection.End}\nafter\n");
        await BenchmarkAsync(new CountingRunner(), "--update-docs", document);
        var text = File.ReadAllText(document);
        Assert.StartsWith($"before\n{DocumentSection.Begin}\n\n`ivim benchmark`, version ", text,
            StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{DocumentSection.End}\nafter\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.Contains("(images/benchmark-random.png)", text, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["images/benchmark-random.png"]));
    }

    [Theory]
    [InlineData("BENCHMARK-METHOD", "--methods", "nlls+loud")]
    [InlineData("BENCHMARK-PHANTOM", "--phantoms", "knee")]
    [InlineData("BENCHMARK-EMPTY", "--phantoms", "random", "--methods", "mrf-map")]
    [InlineData("PROTOCOL-VALUE", "--methods", "nlls+raw+polished")]
    [InlineData("FILE-MISSING", "--update-docs", "nowhere.md")]
    public async Task What_cannot_be_compared_is_refused_before_anything_runs(string code, params string[] arguments)
    {
        var runner = new CountingRunner();
        var run = await ProgramRun.OfAsync(runner, ["benchmark", "--out", _folder["b"], .. arguments]);
        Assert.Equal((3, 0), (run.ExitCode, runner.Runs));
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_without_a_place_for_it_is_refused_before_anything_runs()
    {
        var document = _folder["other.md"];
        File.WriteAllText(document, DocumentSection.End + DocumentSection.Begin);
        var runner = new CountingRunner();
        var run = await BenchmarkAsync(runner, "--update-docs", document);
        Assert.Equal((3, 0), (run.ExitCode, runner.Runs));
        Assert.StartsWith("error BENCHMARK-MARKERS: ", run.Error, StringComparison.Ordinal);
    }

    private List<JsonElement> Rows() => [.. JsonDocument.Parse(File.ReadAllBytes(_folder["b/benchmark.json"]))
        .RootElement.GetProperty("rows").EnumerateArray()];

    private static JsonElement Spread(JsonElement row) =>
        row.GetProperty("parameters").GetProperty("D").GetProperty("seedSpread");

    private Task<ProgramRun> BenchmarkAsync(CountingRunner runner, params string[] others) =>
        ProgramRun.OfAsync(runner, ["benchmark", "--out", _folder["b"], "--quiet", .. Small, .. others]);
}
