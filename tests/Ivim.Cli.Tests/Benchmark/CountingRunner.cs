using Ivim.Cli.Mapping;
using Ivim.Cli.Tests.Demo;
using Ivim.Physics;

namespace Ivim.Cli.Tests.Benchmark;

/// <summary>Maps that are 5 % too high, counted; some runs may be made to end otherwise.</summary>
internal sealed class CountingRunner : IMapRunner
{
    private readonly TruthfulRunner _truthful = new();

    public int Runs { get; private set; }

    /// <summary>The run, from 1 on, that a user interrupts.</summary>
    public int? InterruptedRun { get; init; }

    /// <summary>Refuses maps into a folder of this name.</summary>
    public string? Refused { get; init; }

    public Task<MapReport> RunAsync(
        MapOptions options, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation)
    {
        if (Path.GetFileName(options.Out) == Refused)
            throw new RefusalException("SEGMENTED-NEEDS-HIGH-B", "one b-value", "two", "use another method");
        Runs++;
        if (Runs == InterruptedRun) throw new OperationCanceledException();
        return _truthful.RunAsync(options, progress, cancellation);
    }
}
