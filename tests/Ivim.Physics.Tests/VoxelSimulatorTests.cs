using Ivim.Physics.Noise;
using Ivim.Physics.Quantities;

namespace Ivim.Physics.Tests;

public sealed class VoxelSimulatorTests
{
    private static readonly VoxelRecipe Recipe = new()
    {
        Voxels = 20_000, Table = new BValueTable([0, 50, 800], [1, 1, 4]), Seed = 5, SignalToNoise = 40,
        DivideByB0 = false,
    };

    [Fact]
    public void Truth_fills_the_ranges_of_the_recipe()
    {
        var voxels = VoxelSimulator.Simulate(Recipe);
        // Uniform on [a, b]: mean (a + b) / 2 with standard error (b − a) / √(12 n); four of them.
        Assert.Equal(0.00175, voxels.D.Average(), 4 * 0.0025 / Math.Sqrt(12 * 20_000));
        Assert.Equal(0.3, voxels.F.Average(), 4 * 0.5 / Math.Sqrt(12 * 20_000));
        Assert.Equal(0.055, voxels.DStar.Average(), 4 * 0.09 / Math.Sqrt(12 * 20_000));
        Assert.InRange(voxels.DStar.Min(), 0.01f, 0.0101f);
        Assert.InRange(voxels.DStar.Max(), 0.0999f, 0.1f);
    }

    [Fact]
    public void Noise_has_the_stated_sigma_and_averages_lower_it()
    {
        var voxels = VoxelSimulator.Simulate(Recipe);
        Assert.Equal(1, Residual(voxels, 1) * 40, 4 / Math.Sqrt(2 * 20_000));       // four standard errors
        Assert.Equal(1, Residual(voxels, 2) * 40 * 2, 4 / Math.Sqrt(2 * 20_000));   // √4 = 2
    }

    [Fact]
    public void The_first_voxels_of_a_larger_simulation_are_the_smaller_one()
    {
        var few = VoxelSimulator.Simulate(Recipe with { Voxels = 10 });
        Assert.Equal(few.Signals, VoxelSimulator.Simulate(Recipe).Signals.Take(30));
    }

    [Fact]
    public void Division_by_b0_makes_it_one() => Assert.Equal(
        1, VoxelSimulator.Simulate(Recipe with { DivideByB0 = true, Noise = NoiseKind.Rician }).Signals[3]);

    [Fact]
    public void Division_by_a_missing_b0_is_refused() => Assert.Throws<ArgumentException>(
        () => VoxelSimulator.Simulate(Recipe with { DivideByB0 = true, Table = new BValueTable([10, 20]) }));

    private static double Residual(SimulatedVoxels voxels, int bIndex)
    {
        var b = BValue.FromSecondsPerMm2(voxels.Table.SecondsPerMm2[bIndex]);
        return Math.Sqrt(Enumerable.Range(0, voxels.D.Length).Average(i => Math.Pow(voxels.Signals[3 * i + bIndex]
            - IvimSignal.At(IvimParameters.From(voxels.D[i], voxels.F[i], voxels.DStar[i]), b), 2)));
    }
}
