using Ivim.Physics.Noise;
using static TorchSharp.torch;

namespace Ivim.Learning.Tests;

public sealed class RicianMeanTests
{
    /// <summary>
    /// Mean and derivative for σ = 1: the formula of Gudbjartsson and Patz evaluated with 40 digits by mpmath, printed
    /// with 17.
    /// </summary>
    [Theory]
    [InlineData(0, 1.2533141373155003, 0)]
    [InlineData(0.5, 1.3304473406107032, 0.30383520526347913)]
    [InlineData(1, 1.5485724605511454, 0.55717946838224782)]
    [InlineData(2, 2.2723834280687425, 0.84432016364055657)]
    [InlineData(5, 5.1010696394921249, 0.97932516800844115)]
    [InlineData(11.9, 11.942091787386422, 0.99645013501239038)]
    [InlineData(12.1, 12.141393612155792, 0.99656713064644493)]
    [InlineData(40, 40.012501954959642, 0.99968735328611484)]
    [InlineData(10000, 10000.00005, 0.99999999499999996)]
    public void Mean_and_derivative_are_those_of_the_formula(double signal, double mean, double derivative)
    {
        const double Sigma = 0.05;
        using var scope = TorchSharp.torch.NewDisposeScope();
        var signals = tensor(new[] { (float)(signal * Sigma) }).reshape(1, 1).requires_grad_();
        var found = new RicianMean(CPU).Of(signals, tensor(new[] { (float)Sigma }).reshape(1, 1));
        found.backward();
        // float32: 6e-8 relative for each of some ten operations.
        Assert.Equal(mean, found.Number() / Sigma, 2e-6 * mean);
        // The derivative of the scaled Bessel functions is a difference: up to 36 times the rounding.
        Assert.Equal(derivative, signals.grad!.Number(), 1e-5);
    }

    /// <summary>Magnitudes at their mean, at an SNR where the last b-values lie in the floor.</summary>
    [Fact]
    public void Who_knows_the_noise_floor_does_not_take_it_for_slow_diffusion()
    {
        const double Sigma = 1 / 5.0;
        var clean = SimulatedVoxels.Draw(800, 1e6, SimulatedVoxels.TwelveB);
        var voxels = clean with
        {
            Signals = [.. clean.Signals.Select(signal => (float)RicianMoments.Mean(Math.Max(0, signal), Sigma))],
        };
        var network = new NetworkRecipe { Architecture = Architecture.Cnn };
        var recipe = new TrainingRecipe { Steps = 300, BatchVoxels = 128 };
        double Bias(float[]? sigma)
        {
            var member = Trainings.Train(
                network: network, recipe: recipe, data: voxels.Training() with { Sigma = sigma });
            return Trainings.Map(member, voxels, network).D.Average() / clean.Truth.Average(tissue => tissue[0]) - 1;
        }
        double without = Bias(null), with = Bias([.. Enumerable.Repeat((float)Sigma, clean.Voxels)]);
        // The floor flattens the decay: D comes out a fifth too low. What is left is a short training's.
        Assert.True(without < -0.1, $"{without}");
        Assert.InRange(with, without / 3, -without / 3);
    }
}
