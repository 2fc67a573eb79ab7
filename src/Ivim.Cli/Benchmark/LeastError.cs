using Ivim.Cli.Mapping;
using Ivim.Physics;
using Ivim.Physics.Evaluation;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Benchmark;

/// <summary>The RMSE that no estimate of a random voxel by itself can go below, by signal-to-noise ratio.</summary>
/// <remarks>Of the first realisation's own signals, with S0 and σ known: optimistic.</remarks>
internal static class LeastError
{
    /// <summary>Sampling error of an RMSE: 1 to 2 %.</summary>
    private const int Voxels = 2000;

    public static IReadOnlyDictionary<string, double> Of(BenchmarkPlan plan, double signalToNoise)
    {
        var random = BenchmarkPhantom.Named(BenchmarkPhantom.Random);
        var phantom = Phantom.Make(random.Recipe(plan.Size, signalToNoise, plan.Seed, realisation: 0));
        int[] inside = [.. Enumerable.Range(0, phantom.Voxels).Where(voxel => phantom.Labels[voxel] != 0)];
        int[] voxels = [.. inside.Where((_, i) => i % Math.Max(1, inside.Length / Voxels) == 0)];
        var table = new BValueTable(phantom.Recipe.BSecondsPerMm2);
        float[] signals =
        [
            .. voxels.SelectMany(voxel => Enumerable.Range(0, table.Count).Select(b =>
                (float)(phantom.Volume(b)[voxel] / PhantomRecipe.NominalS0))),
        ];
        var ranges = new VoxelRecipe { Voxels = 0, Table = table, Seed = 0 };
        double sigma = phantom.Recipe.Sigma / PhantomRecipe.NominalS0;
        var (d, f, dStar) = new PosteriorMean(ranges, table)
            .Estimate(signals, sigma, plan.Workers ?? Environment.ProcessorCount);
        return new Dictionary<string, double>
        {
            [MapParameter.D.Name] = Rmse(d, phantom.D),
            [MapParameter.F.Name] = Rmse(f, phantom.F),
            [MapParameter.DStar.Name] = Rmse(dStar, phantom.DStar),
        };

        double Rmse(float[] found, float[] truth) =>
            ErrorMetrics.Of(found, voxels.Select(voxel => truth[voxel]).ToArray()).Rmse;
    }
}
