using Ivim.Physics.Evaluation;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class PosteriorMeanTests
{
    private static readonly BValueTable Table = new([0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700]);

    /// <summary>RMSE / mean truth by an independent program (600 voxels, sampling error 3 to 5 %).</summary>
    [Theory]
    [InlineData(20, .144, .180, .328)]
    [InlineData(50, .078, .097, .207)]
    public void The_least_error_of_a_voxel_is_that_of_another_program(double snr, double d, double f, double dStar)
    {
        var recipe = new VoxelRecipe
        {
            Voxels = 1200, Table = Table, Seed = 63, SignalToNoise = snr, DivideByB0 = false,
        };
        var voxels = VoxelSimulator.Simulate(recipe);
        var found = new PosteriorMean(recipe, Table, 36).Estimate(voxels.Signals, 1 / snr, 2);
        // Both are samples: 4 % theirs, 3 % ours, added as squares and doubled.
        Assert.Equal(d, ErrorMetrics.Of(found.D, voxels.D).NormalisedRmse, 0.1 * d);
        Assert.Equal(f, ErrorMetrics.Of(found.F, voxels.F).NormalisedRmse, 0.1 * f);
        Assert.Equal(dStar, ErrorMetrics.Of(found.DStar, voxels.DStar).NormalisedRmse, 0.1 * dStar);
        var fit = LeastSquaresFit.Fit(voxels.Signals, Table);
        Assert.True(ErrorMetrics.Of(found.D, voxels.D).Rmse < ErrorMetrics.Of(fit.D, voxels.D).Rmse);
        Assert.True(ErrorMetrics.Of(found.DStar, voxels.DStar).Rmse < ErrorMetrics.Of(fit.DStar, voxels.DStar).Rmse);
    }
}
