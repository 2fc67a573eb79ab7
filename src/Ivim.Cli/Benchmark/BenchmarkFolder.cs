using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Cli.Output;
using Ivim.Cli.Simulation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Benchmark;

/// <summary>Where a benchmark keeps its scans, its maps and what they came to.</summary>
internal sealed class BenchmarkFolder(string root, BenchmarkPlan plan)
{
    private const string Schema = "ivim-benchmark-cell/1";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>One for all runs, so that what two of them share is computed once.</summary>
    public string Work => Path.Combine(root, "work");

    public SimulationFolder Scan(BenchmarkRun run) =>
        SimulationFolder.At(Path.Combine(root, "scans", run.ScanName(plan)));

    public string Maps(BenchmarkRun run) => Path.Combine(root, "maps", run.ScanName(plan), run.MethodName);

    public string Protocol(BenchmarkRun run) => Maps(run) + ".protocol.json";

    /// <summary>A result is taken over only if everything that it depends on is the same.</summary>
    public static string Identity(BenchmarkRun run, PhantomRecipe recipe)
    {
        var text = new StringBuilder(Schema).Append('\n').AppendJoin(',', ItemRecipes.Versions).Append('\n')
            .Append(ProtocolJson.Write(run.Method.Protocol)).Append('\n').Append(run.Method.IsPolished).Append('\n')
            .Append(Encoding.UTF8.GetString(RecipeDocument.Of(recipe)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <returns>Null where there is none of this identity.</returns>
    public CellResult? Find(BenchmarkRun run, string identity)
    {
        var path = Cell(run);
        if (!File.Exists(path)) return null;
        try
        {
            var cell = JsonSerializer.Deserialize<CellResult>(File.ReadAllBytes(path), Format);
            return cell?.Identity == identity ? cell : null;
        }
        catch (JsonException)
        {
            // Of an older version: it is computed again.
            return null;
        }
    }

    public void Keep(BenchmarkRun run, CellResult cell)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Cell(run))!);
        AtomicFile.Write(Cell(run), JsonSerializer.SerializeToUtf8Bytes(cell, Format));
    }

    private string Cell(BenchmarkRun run) =>
        Path.Combine(root, "cells", run.ScanName(plan), run.MethodName + ".json");
}
