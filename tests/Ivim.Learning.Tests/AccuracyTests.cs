namespace Ivim.Learning.Tests;

public class AccuracyTests
{
    /// <remarks>
    /// The best constant maps have the truth's own standard deviations as errors: a network that learnt nothing about a
    /// parameter cannot beat them. 500 steps, a third of a training. At an SNR of 20 the network that flattens
    /// follows the noise as a least-squares fit does; the one that pools keeps f, and neither has a claim on D*
    /// (docs/network.md).
    /// </remarks>
    [Theory]
    [InlineData(50, Pooling.Flatten, 0.6, 0.9, 0.95)]
    [InlineData(20, Pooling.MeanLast, 0.8, 1.0, double.PositiveInfinity)]
    public void A_short_training_beats_the_best_constant_maps(double snr, Pooling pooling, double d, double f,
        double dStar)
    {
        var voxels = SimulatedVoxels.Draw(4000, snr, SimulatedVoxels.TwelveB);
        var network = new NetworkRecipe { Architecture = Architecture.Cnn, Pooling = pooling };
        var member = Trainings.Train(data: voxels.Training(), network: network,
            recipe: new TrainingRecipe { Steps = 500, BatchVoxels = 128, EvaluateEvery = 100, ProbeVoxels = 512 });
        double[] errors = voxels.Errors(Trainings.Map(member, voxels, network)), constant = voxels.ConstantErrors();
        Assert.InRange(errors[0] / constant[0], 0, d);
        Assert.InRange(errors[1] / constant[1], 0, f);
        Assert.InRange(errors[2] / constant[2], 0, dStar);
    }
}
