namespace Ivim.Cli.Mapping;

/// <summary>Maps one study on this machine, through the same actors as the cluster.</summary>
public interface IMapRunner
{
    /// <param name="progress">Receives all known stages, in their order, whenever a count changes.</param>
    /// <exception cref="Ivim.Physics.RefusalException">The input or the options cannot be mapped.</exception>
    Task<MapReport> RunAsync(
        MapOptions options, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation);
}

/// <summary>How far one stage has come.</summary>
/// <param name="Stage">`prepare`, `train`, `merge`, `assemble` or `publish`.</param>
/// <param name="Done">Finished items, reused ones included.</param>
/// <param name="Total">All items of the stage, 0 while unknown.</param>
/// <param name="Reused">Items whose result was already in the store.</param>
/// <param name="Fraction">Finished share of the items, 0 to 1.</param>
public sealed record StageProgress(string Stage, int Done, int Total, int Reused, double Fraction);
