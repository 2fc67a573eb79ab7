using Ivim.Physics;

namespace Ivim.Learning.Tests;

public class InferenceTests
{
    private static readonly float[] Extremes = [0, 1, -1, 1e-30f, 1e6f, -1e6f, 1e30f, -1e30f, float.MaxValue,
        float.MinValue];

    [Theory]
    [InlineData(DStarDecoding.Linear)]
    [InlineData(DStarDecoding.Log)]
    public void Any_input_gives_parameters_within_their_bounds(DStarDecoding decoding)
    {
        var network = new NetworkRecipe { DStarDecoding = decoding };
        var member = Trainings.Train(network: network);
        var stream = new RandomStream(5);
        var signals = new float[500 * 12];
        for (int i = 0; i < signals.Length; i++) signals[i] = Extremes[stream.Bits((ulong)i) % (ulong)Extremes.Length];
        var maps = new Inference(Trainings.Cpu).Map(member, network, ParameterBounds.Default, SimulatedVoxels.TwelveB,
            signals, default);
        var bounds = ParameterBounds.Default;
        AllWithin(bounds.D, maps.D);
        AllWithin(bounds.F, maps.F);
        AllWithin(bounds.DStar, maps.DStar);
        AllWithin(bounds.S0, maps.S0);
    }

    [Fact]
    public void Permuting_voxels_permutes_maps_bit_by_bit()
    {
        // three blocks, the last one filled up
        var voxels = SimulatedVoxels.Draw(2500, 30, SimulatedVoxels.TwelveB);
        var member = Trainings.Train();
        var maps = Trainings.Map(member, voxels);
        int[] order = new RandomStream(3).Permutation(voxels.Voxels);
        var shuffled = voxels with { Signals = [.. order.SelectMany(v => voxels.Signals.Skip(v * 12).Take(12))] };
        var shuffledMaps = Trainings.Map(member, shuffled);
        for (int i = 0; i < order.Length; i++)
        {
            Assert.Equal(maps.D[order[i]], shuffledMaps.D[i]);
            Assert.Equal(maps.F[order[i]], shuffledMaps.F[i]);
            Assert.Equal(maps.DStar[order[i]], shuffledMaps.DStar[i]);
            Assert.Equal(maps.S0[order[i]], shuffledMaps.S0[i]);
            Assert.Equal(maps.Rmse[order[i]], shuffledMaps.Rmse[i]);
        }
    }

    [Fact]
    public void A_voxel_alone_gets_the_bits_that_it_gets_among_others()
    {
        var voxels = SimulatedVoxels.Draw(40, 30, SimulatedVoxels.TwelveB);
        var member = Trainings.Train();
        var maps = Trainings.Map(member, voxels);
        var alone = Trainings.Map(member, voxels with { Signals = voxels.Signals[(17 * 12)..(18 * 12)] });
        Assert.Equal(maps.DStar[17], Assert.Single(alone.DStar));
    }

    [Fact]
    public void The_residual_is_that_of_the_signal_equation()
    {
        var voxels = SimulatedVoxels.Draw(20, 30, SimulatedVoxels.TwelveB);
        var maps = Trainings.Map(Trainings.Train(), voxels);
        for (int v = 0; v < voxels.Voxels; v++)
        {
            double sum = 0;
            for (int i = 0; i < 12; i++)
            {
                double fitted = maps.S0[v] * SimulatedVoxels.Signal([maps.D[v], maps.F[v], maps.DStar[v]],
                    voxels.B.SecondsPerMm2[i]);
                sum += Math.Pow(fitted - voxels.Signals[v * 12 + i], 2);
            }
            Assert.Equal(Math.Sqrt(sum / 12), maps.Rmse[v], 6);     // float rounding of the result
        }
    }

    [Fact]
    public void An_untrained_network_answers_near_its_starting_point()
    {
        var data = Trainings.Voxels.Training() with { Start = new StartingPoint(0.9e-3, 0.3, 0.05, 1.02) };
        var member = Trainings.Train(data: data, recipe: Trainings.Short with { Steps = 0 });
        var maps = Trainings.Map(member, Trainings.Voxels);
        // The scaled-down last layer moves the sigmoid's argument by about 0.1 at most, so each mean by a few per cent.
        Assert.Equal(0.9e-3, maps.D.Average(), 1e-4);
        Assert.Equal(0.3, maps.F.Average(), 0.03);
        Assert.Equal(0.05, maps.DStar.Average(), 5e-3);
        Assert.Equal(1.02, maps.S0.Average(), 0.03);
    }

    private static void AllWithin(Bounds bounds, float[] map) =>
        Assert.All(map, value => Assert.InRange(value, (float)bounds.Lower, (float)bounds.Upper));
}
