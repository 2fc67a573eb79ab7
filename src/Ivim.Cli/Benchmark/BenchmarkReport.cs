using System.Globalization;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;

namespace Ivim.Cli.Benchmark;

/// <summary>What a benchmark tells the person, or the script, that ran it.</summary>
internal static class BenchmarkReport
{
    public static void Write(Terminal terminal, BenchmarkResult result, IReadOnlyList<string> files)
    {
        var table = new TextTable(textColumns: 2,
        [
            "phantom", "method", "SNR", "draws", .. CellEvaluation.Parameters.Select(parameter => parameter.Heading),
            "ratio",
        ]);
        foreach (var row in result.Rows)
        {
            table.Add(
            [
                row.Phantom, row.Method, Text(row.SignalToNoise), Text(row.Realisations),
                .. CellEvaluation.Parameters.Select(parameter =>
                    Text(parameter.ShownPerStored * row.Parameters[parameter.Name].Rmse.Estimate)),
                row.Ratio is { } ratio ? Text(ratio.Estimate) : "",
            ]);
        }
        table.Write(terminal);
        terminal.Output.WriteLine("RMSE; ratio: geometric mean of the three over that of "
            + $"{MethodSets.Reference}, on random voxels {MethodSets.ReferenceOfRandom}.");
        foreach (var file in files) terminal.Output.WriteLine(file);
    }

    /// <summary>One line.</summary>
    public static string Json(BenchmarkResult result, IReadOnlyList<string> files) => JsonLine.Of(new
    {
        Runs = result.Cells.Count,
        result.Machine,
        result.Plan.Seed,
        Files = files,
        Warnings = Array.Empty<Notice>(),
        Errors = result.Failed.Select(failed => Notice.OfLine(failed.Message)),
    });

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
