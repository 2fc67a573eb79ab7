using Ivim.Physics.Bayes;
using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Bayes;

/// <summary>What the sampler converges to, against sums over a grid of the same density written down anew.</summary>
public sealed class PosteriorQuadratureTests
{
    // Quantiles of a thousand or more independent samples: 0.04 standard deviations of error, three times that at most
    // over all comparisons; a spread is as good to 5 % or so.
    private const double MedianError = 0.1, SpreadError = 0.07;

    private static readonly BValueTable Table = new(
        [0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700], [2, 1, 1, 1, 1, 1, 1, 1, 2, 2, 4]);

    private static readonly BayesOptions Options = new();

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.0015)]   // a prior with half of its mass at D* below D: what is cut off matters
    public void With_a_given_prior_a_voxel_has_its_exact_posterior(double priorDStar)
    {
        double[] mean = [Math.Log(1.2e-3), -1, Math.Log(priorDStar)];
        double[] covariance = [0.09, -0.06, 0.02, -0.06, 0.36, 0.05, 0.02, 0.05, 0.25];
        var signals = VoxelSimulator.Simulate(new VoxelRecipe
        {
            Voxels = 24,
            Table = Table,
            Seed = 331,
            SignalToNoise = 15,
            Noise = NoiseKind.Rician,
            DivideByB0 = false,
        }).Signals;
        var stage = Sampled(signals, new Population(mean, covariance), null, null);
        foreach (int voxel in new[] { 0, 7, 19 })
        {
            var marginals = Marginals(signals.AsSpan(voxel * Table.Count, Table.Count), mean, covariance);
            for (int parameter = 0; parameter < 3; parameter++)
                AssertAgrees(stage, voxel, parameter, marginals[parameter]);
        }
        Assert.Equal(1.0, stage.Record.RHat(7, 2, stage.Records / 2), 0.05);
    }

    [Fact]
    public void Two_neighbours_in_an_absolute_field_have_their_exact_joint_posterior()
    {
        // f and D* are all but given, so that ln D of the two voxels is all there is.
        double[] mean = [Math.Log(1.5e-3), -1, Math.Log(0.03)];
        double[] covariance = [0.25, 0, 0, 0, 1e-6, 0, 0, 0, 1e-6];
        var field = MarkovFieldOptions.Absolute with { Tau = 0.2 };
        var noise = new NoiseModel(NoiseKind.Rician, 0.1, new RandomStream(332));
        float[] signals = [.. new[] { 1.0e-3, 2.2e-3 }.SelectMany((d, voxel) => Enumerable.Range(0, Table.Count)
            .Select(i => (float)noise.Apply(Curve(i, d, 0.27, 0.03), (ulong)(voxel * Table.Count + i))))];
        var stage = Sampled(signals, new Population(mean, covariance), field, [new(4, 4, 0), new(5, 6, 0)]);

        const int points = 301;
        double[] grid = [.. Enumerable.Range(0, points).Select(i => mean[0] + 0.5 * 5 * (2.0 * i / (points - 1) - 1))];
        double fixedF = Theta.Sigmoid(mean[1]), fixedDStar = Math.Exp(mean[2]);
        double[][] alone = [.. Enumerable.Range(0, 2).Select(voxel => grid.Select(x =>
            LogLikelihood(signals.AsSpan(voxel * Table.Count, Table.Count), Math.Exp(x), fixedF, fixedDStar)
            - 0.5 * (x - mean[0]) * (x - mean[0]) / covariance[0]).ToArray())];
        double[] first = new double[points], second = new double[points];
        for (int i = 0; i < points; i++)
        {
            for (int j = 0; j < points; j++)
            {
                double density = Math.Exp(alone[0][i] - alone[0].Max() + alone[1][j] - alone[1].Max()
                    - Math.Abs(grid[i] - grid[j]) / field.Tau);
                (first[i], second[j]) = (first[i] + density, second[j] + density);
            }
        }
        AssertAgrees(stage, 0, 0, (grid, first));
        AssertAgrees(stage, 1, 0, (grid, second));
        // Without the field the medians are further apart: the test would see a field that is not there.
        Assert.True(Quantile((grid, alone[1]), 0.5, isLog: true) - Quantile((grid, alone[0]), 0.5, isLog: true)
            > 1.3 * (Quantile((grid, second), 0.5) - Quantile((grid, first), 0.5)));
    }

    private static SamplerStage Sampled(
        float[] signals, Population prior, MarkovFieldOptions? field, VoxelPosition[]? positions)
    {
        int[] voxels = [.. Enumerable.Range(0, signals.Length / Table.Count)];
        var slots = field is null ? VoxelSlots.Plain(voxels) : VoxelSlots.Coloured(voxels, positions!, field);
        var neighbours = field is null ? null : new NeighbourTable(slots, positions!, field);
        var stage = new SamplerStage(new StageSetup(slots, new SignalLanes(signals, Table, slots), Options,
            new ChainLength(4000, 12_000), prior, PriorIsFixed: true, field, neighbours, new RandomStream(333)));
        foreach (var chain in stage.Chains)
        {
            for (int parameter = 0; parameter < 3; parameter++)
            {
                chain.Theta[parameter].AsSpan(0, slots.Count).Fill((float)prior.Mean[parameter]);
                Array.Fill(chain.Step[parameter], 0.5f);
            }
        }
        stage.Refresh(1);
        while (stage.SweepsDone < stage.Sweeps) stage.Sweep(1);
        return stage;
    }

    private static void AssertAgrees(
        SamplerStage stage, int voxel, int parameter, (double[] Grid, double[] Density) marginal)
    {
        int slot = stage.Slots.VoxelOf.IndexOf(voxel);
        double[] levels = [0.1586553, 0.5, 0.8413447];
        double[] exact = [.. levels.Select(level => Quantile(marginal, level))];
        double[] found = [.. levels.Select(level => stage.Record.Quantile(slot, parameter, level).Theta)];
        double spread = (exact[2] - exact[0]) / 2;
        Assert.InRange((found[1] - exact[1]) / spread, -MedianError, MedianError);
        Assert.InRange((found[2] - found[0]) / 2 / spread, 1 - SpreadError, 1 + SpreadError);
    }

    private static (double[] Grid, double[] Density)[] Marginals(
        ReadOnlySpan<float> row, double[] mean, double[] covariance)
    {
        const int points = 81;
        var precision = new Population(mean, covariance).Precision();
        double[][] grids = [.. Enumerable.Range(0, 3).Select(p => Enumerable.Range(0, points)
            .Select(i => mean[p] + 5 * Math.Sqrt(covariance[4 * p]) * (2.0 * i / (points - 1) - 1)).ToArray())];
        var logDensity = new double[points * points * points];
        for (int i = 0, cell = 0; i < points; i++)
        {
            for (int j = 0; j < points; j++)
            {
                for (int k = 0; k < points; k++, cell++)
                {
                    double[] d = [grids[0][i] - mean[0], grids[1][j] - mean[1], grids[2][k] - mean[2]];
                    double distance = 0;
                    for (int q = 0; q < 9; q++) distance += precision[q] * d[q / 3] * d[q % 3];
                    logDensity[cell] = grids[2][k] <= grids[0][i] ? double.NegativeInfinity : -0.5 * distance
                        + LogLikelihood(row, Math.Exp(grids[0][i]), Theta.Sigmoid(grids[1][j]), Math.Exp(grids[2][k]));
                }
            }
        }
        double[][] marginals = [new double[points], new double[points], new double[points]];
        double largest = logDensity.Max();
        for (int cell = 0; cell < logDensity.Length; cell++)
        {
            double density = Math.Exp(logDensity[cell] - largest);
            marginals[0][cell / (points * points)] += density;
            marginals[1][cell / points % points] += density;
            marginals[2][cell % points] += density;
        }
        return [.. grids.Zip(marginals)];
    }

    private static double Curve(int i, double d, double f, double dStar) =>
        f * Math.Exp(-Table.SecondsPerMm2[i] * dStar) + (1 - f) * Math.Exp(-Table.SecondsPerMm2[i] * d);

    private static double LogLikelihood(ReadOnlySpan<float> row, double d, double f, double dStar)
    {
        double yy = 0, yg = 0, gg = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double g = Curve(i, d, f, dStar), w = Table.Averages[i];
            (yy, yg, gg) = (yy + w * row[i] * row[i], yg + w * row[i] * g, gg + w * g * g);
        }
        return -0.5 * row.Length * Math.Log(yy - yg * yg / gg);
    }

    // Of a density on an even grid: the cumulated sum, linear between the middles of its cells.
    private static double Quantile((double[] Grid, double[] Density) marginal, double level, bool isLog = false)
    {
        var density = isLog
            ? [.. marginal.Density.Select(x => Math.Exp(x - marginal.Density.Max()))] : marginal.Density;
        double wanted = level * density.Sum(), step = marginal.Grid[1] - marginal.Grid[0];
        for (int i = 0; i < density.Length; i++)
        {
            if (wanted < density[i]) return marginal.Grid[i] + step * (wanted / density[i] - 0.5);
            wanted -= density[i];
        }
        return marginal.Grid[^1];
    }
}
