namespace Ivim.Cli.Benchmark;

/// <summary>All that a benchmark found.</summary>
internal sealed record BenchmarkResult
{
    public required BenchmarkPlan Plan { get; init; }

    public required BenchmarkMachine Machine { get; init; }

    public required IReadOnlyList<CellResult> Cells { get; init; }

    public required IReadOnlyList<SummaryRow> Rows { get; init; }

    /// <summary>Least RMSE on random voxels by signal-to-noise ratio and parameter; empty where there are
    /// none.</summary>
    public required IReadOnlyDictionary<double, IReadOnlyDictionary<string, double>> LeastErrors { get; init; }

    /// <summary>Runs that came to nothing.</summary>
    public required IReadOnlyList<FailedRun> Failed { get; init; }

    public IEnumerable<IGrouping<string, SummaryRow>> ByPhantom => Rows.GroupBy(row => row.Phantom);
}

/// <param name="Code">Of the error.</param>
internal sealed record FailedRun(
    string Phantom, double SignalToNoise, int Realisation, string Method, string Code, string Message);
