using Ivim.Physics.Bayes;

namespace Ivim.Physics.Tests.Bayes;

/// <summary>Conjugate pieces, whose moments are known.</summary>
public sealed class PopulationGibbsTests
{
    private const int Draws = 20_000;

    private static readonly double[] Scale = [2.0, 0.6, -0.4, 0.6, 1.5, 0.3, -0.4, 0.3, 3.0];

    [Theory]
    [InlineData(12)]
    [InlineData(5000)]
    public void An_inverse_wishart_draw_has_the_mean_and_the_variance_of_its_law(double degrees)
    {
        var stream = new RandomStream(311);
        double[] sum = new double[9], squares = new double[9];
        for (int draw = 0; draw < Draws; draw++)
        {
            var sigma = InverseWishart.Draw(Scale, degrees, stream.Child((ulong)draw));
            for (int i = 0; i < 9; i++) (sum[i], squares[i]) = (sum[i] + sigma[i], squares[i] + sigma[i] * sigma[i]);
        }
        for (int i = 0; i < 9; i++)
        {
            var (row, column) = (i / 3, i % 3);
            double mean = Scale[i] / (degrees - 4), variance = Variance(row, column, degrees);
            // Five standard errors of the mean; the variance's own spread is a few per cent at 12 degrees of freedom.
            double error = 5 * Math.Sqrt(variance / Draws);
            Assert.InRange(sum[i] / Draws, mean - error, mean + error);
            double found = squares[i] / Draws - Math.Pow(sum[i] / Draws, 2);
            Assert.InRange(found / variance, 0.8, 1.2);
        }
    }

    [Fact]
    public void The_mean_is_drawn_about_the_voxels_mean_with_the_covariance_over_their_number()
    {
        const int voxels = 40;
        double[] reference = [-6.5, -1, -3], covariance = [0.5, 0.2, 0, 0.2, 0.9, -0.1, 0, -0.1, 0.4];
        var (sums, theta) = Voxels(voxels, reference);
        double[] centre = [.. Enumerable.Range(0, 3).Select(i => theta.Average(t => t[i]))];
        double[] mean = new double[3], product = new double[9];
        for (int draw = 0; draw < Draws; draw++)
        {
            var population = PopulationGibbs.Draw(
                sums, reference, voxels, covariance, default, new RandomStream(312).Child((ulong)draw));
            for (int i = 0; i < 3; i++)
            {
                mean[i] += population.Mean[i] / Draws;
                for (int j = 0; j < 3; j++)
                {
                    product[3 * i + j] +=
                        (population.Mean[i] - centre[i]) * (population.Mean[j] - centre[j]) / Draws;
                }
            }
        }
        for (int i = 0; i < 3; i++)
        {
            double error = 5 * Math.Sqrt(covariance[4 * i] / voxels / Draws);
            Assert.InRange(mean[i], centre[i] - error, centre[i] + error);
            for (int j = 0; j < 3; j++)   // 5 standard errors of a covariance of 20,000 draws are 5 % of the diagonal
                Assert.Equal(covariance[3 * i + j], product[3 * i + j] * voxels, 0.05);
        }
    }

    [Fact]
    public void The_covariance_is_drawn_from_the_scatter_with_three_degrees_fewer_than_voxels()
    {
        const int voxels = 40;
        double[] reference = [-6.5, -1, -3], tiny = [1e-12, 0, 0, 0, 1e-12, 0, 0, 0, 1e-12];
        var (sums, theta) = Voxels(voxels, reference);
        var mean = new double[9];
        for (int draw = 0; draw < Draws; draw++)   // the tiny covariance holds μ at the mean of the voxels
        {
            var population = PopulationGibbs.Draw(
                sums, reference, voxels, tiny, default, new RandomStream(313).Child((ulong)draw));
            for (int i = 0; i < 9; i++) mean[i] += population.Covariance[i] / Draws;
        }
        for (int i = 0; i < 9; i++)
        {
            var (row, column) = (i / 3, i % 3);
            double rowMean = theta.Average(t => t[row]), columnMean = theta.Average(t => t[column]);
            double scatter = theta.Sum(t => (t[row] - rowMean) * (t[column] - columnMean));
            // 5 standard errors: a draw varies by √(2/29) of the diagonal, which is of order 1.
            Assert.InRange(mean[i], scatter / (voxels - 3 - 4) - 0.015, scatter / (voxels - 3 - 4) + 0.015);
        }
    }

    [Fact]
    public void A_hyper_prior_adds_to_scale_and_degrees()
    {
        double[] reference = [0, 0, 0], unit = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        double mean = 0;
        for (int draw = 0; draw < Draws; draw++)   // four voxels at 0 say nothing: inverse Wishart(10 I, 24)
        {
            var population = PopulationGibbs.Draw(default, reference, 4, [.. unit.Select(x => 1e-9 * x)], (10, 23),
                new RandomStream(314).Child((ulong)draw));
            mean += population.Covariance[0] / Draws;
        }
        Assert.InRange(mean, 0.49, 0.51);   // 10/(24 − 4); standard error 0.0012
    }

    private static (PopulationSums Sums, double[][] Theta) Voxels(int count, double[] reference)
    {
        var stream = new RandomStream(315);
        double[][] theta = [.. Enumerable.Range(0, count).Select(voxel => new[]
        {
            -6.4 + 0.7 * stream.Gaussian(3 * (ulong)voxel),
            -0.8 + 0.9 * stream.Gaussian(3 * (ulong)voxel + 1),
            -3.1 + 0.5 * stream.Gaussian(3 * (ulong)voxel) + 0.5 * stream.Gaussian(3 * (ulong)voxel + 2),
        })];
        var sums = default(PopulationSums);
        foreach (var t in theta) sums.Add(t[0] - reference[0], t[1] - reference[1], t[2] - reference[2]);
        return (sums, theta);
    }

    // Variance of an element of an inverse Wishart of size 3, for example Press, Applied Multivariate Analysis (1982).
    private static double Variance(int i, int j, double degrees)
    {
        double p = 3, first = (degrees - p + 1) * Math.Pow(Scale[3 * i + j], 2);
        double second = (degrees - p - 1) * Scale[4 * i] * Scale[4 * j];
        return (first + second) / ((degrees - p) * Math.Pow(degrees - p - 1, 2) * (degrees - p - 3));
    }
}
