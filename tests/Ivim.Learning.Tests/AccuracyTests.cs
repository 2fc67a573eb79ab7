namespace Ivim.Learning.Tests;

public class AccuracyTests
{
    /// <remarks>
    /// The best constant maps have the truth's own standard deviations as errors: a network that learnt nothing about a
    /// parameter cannot beat them. At an SNR of 20 that holds for D alone: f and D* of single voxels drown in the noise that
    /// any unbiased estimate has there (docs/network.md), so denoising comes first. 500 steps, a third of a training.
    /// </remarks>
    [Theory]
    [InlineData(20, 0.9, 1.5, 2.0)]
    [InlineData(50, 0.6, 0.9, 0.95)]
    public void A_short_training_beats_the_best_constant_maps(double snr, double d, double f, double dStar)
    {
        var voxels = SimulatedVoxels.Draw(4000, snr, SimulatedVoxels.TwelveB);
        var network = new NetworkRecipe { Architecture = Architecture.Cnn };
        var member = Trainings.Train(data: voxels.Training(), network: network,
            recipe: new TrainingRecipe { Steps = 500, BatchVoxels = 128, EvaluateEvery = 100, ProbeVoxels = 512 });
        double[] errors = voxels.Errors(Trainings.Map(member, voxels, network)), constant = voxels.ConstantErrors();
        Assert.InRange(errors[0] / constant[0], 0, d);
        Assert.InRange(errors[1] / constant[1], 0, f);
        Assert.InRange(errors[2] / constant[2], 0, dStar);
    }
}
