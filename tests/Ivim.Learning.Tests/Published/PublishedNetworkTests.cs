using Ivim.Learning.Published;
using Ivim.Physics;
using TorchSharp;

namespace Ivim.Learning.Tests.Published;

public class PublishedNetworkTests
{
    private static readonly TrainingRecipe None = Trainings.Short with { Steps = 0 };

    public static TheoryData<NetworkFamily> Families { get; } = [new IvimNetOptimRecipe(), new IvimNetOrigRecipe()];

    [Fact]
    public void Orig_has_three_layers_as_wide_as_the_signals_above_zero()
    {
        var weights = Trainings.Train(network: new IvimNetOrigRecipe(), recipe: None).Weights;
        Assert.Equal(["first.weight [11, 11]", "first.bias [11]", "second.weight [11, 11]", "second.bias [11]",
            "third.weight [11, 11]", "third.bias [11]", "last.weight [3, 11]", "last.bias [3]"], Shapes(weights));
    }

    [Fact]
    public void Optim_has_four_times_two_layers_and_takes_its_running_statistics_along()
    {
        string[] shapes = Shapes(Trainings.Train(network: new IvimNetOptimRecipe(), recipe: None).Weights);
        Assert.Contains("first.weight [48, 12]", shapes);
        Assert.Contains("second.weight [48, 48]", shapes);
        Assert.Contains("last.weight [4, 48]", shapes);
        string[] statistics = ["firstMean [48]", "firstVariance [48]", "secondMean [48]", "secondVariance [48]"];
        Assert.Equal(statistics, shapes[^4..]);
    }

    [Fact]
    public void Sub_networks_share_no_unit()
    {
        var network = new IvimNetOptimRecipe();
        var member = Trainings.Train(network: network);
        var before = Trainings.Map(member, Trainings.Voxels, network);
        // Units 24 to 35 of the first layer belong to the third sub-network, D.
        var shifted = member with { Weights = Changed(member.Weights, "firstShift", 24, 36) };
        var after = Trainings.Map(shifted, Trainings.Voxels, network);
        Assert.NotEqual(before.D, after.D);
        Assert.Equal(before.F, after.F);
        Assert.Equal(before.DStar, after.DStar);
        Assert.Equal(before.S0, after.S0);
    }

    [Fact]
    public void Optim_answers_within_bounds_that_are_wider_by_30_percent_each_side()
    {
        using var scope = torch.NewDisposeScope();
        using var net = new IvimNetOptim(new IvimNetOptimRecipe(), ParameterBounds.Default, SimulatedVoxels.TwelveB,
            torch.CPU);
        using var frozen = torch.no_grad();
        var stream = new RandomStream(4);
        float[] signs = [.. Enumerable.Range(0, 12 * 400).Select(i => (stream.Bits((ulong)i) & 1) * 40f - 20)];
        NetworkWeights.Draw(net, StartingPoint.Default, new RandomStream(6));
        var last = net.named_parameters().Single(p => p.name == "last.weight").parameter;
        last.mul_(1000f.ToScalar());        // every sigmoid at one of its ends
        float[] answer = net.Answer(torch.tensor(signs, [400, 12])).data<float>().ToArray();
        // METHOD: D -0.0015 to 0.0065, f -0.21 to 0.91, D* -0.0535 to 0.2585; the slow amplitude -0.6 to 2.6.
        (double Lower, double Upper)[] expected = [(-0.21, 0.91), (-0.0535, 0.2585), (-0.0015, 0.0065), (-0.6, 2.6)];
        for (int k = 0; k < 4; k++)
        {
            var values = Enumerable.Range(0, 400).Select(v => answer[4 * v + k]).ToArray();
            Assert.Equal(expected[k].Lower, values.Min(), 1e-6);     // float32
            Assert.Equal(expected[k].Upper, values.Max(), 1e-6);
        }
    }

    [Fact]
    public void Optims_amplitudes_are_f_and_S0_and_its_signal_is_clipped()
    {
        using var scope = torch.NewDisposeScope();
        using var net = new IvimNetOptim(new IvimNetOptimRecipe(), ParameterBounds.Default, SimulatedVoxels.TwelveB,
            torch.CPU);
        var answer = torch.tensor(new[] { 0.3f, 0.05f, 0.001f, 0.9f, 0.5f, -0.05f, 0.001f, 0.5f }, [2, 4]);
        float[] parameters = net.Parameters(answer).data<float>().ToArray(), signals =
            net.Signals(answer).data<float>().ToArray();
        Assert.Equal([0.001f, 0.25f, 0.05f, 1.2f], parameters[..4], (a, b) => Math.Abs(a - b) < 1e-6);
        for (int i = 0; i < 12; i++)
        {
            double b = SimulatedVoxels.TwelveB.SecondsPerMm2[i];
            Assert.Equal(0.3 * Math.Exp(-0.05 * b) + 0.9 * Math.Exp(-0.001 * b), signals[i], 1e-5);
        }
        Assert.Equal(3, signals[^1]);        // 0.5 exp(0.05 * 600)
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Any_input_is_mapped_within_the_bounds(NetworkFamily network)
    {
        var member = Trainings.Train(network: network);
        var stream = new RandomStream(5);
        float[] extremes = [0, 1, -1, 1e-30f, 1e6f, -1e30f, float.MaxValue, float.MinValue];
        float[] signals = [.. Enumerable.Range(0, 300 * 12).Select(i => extremes[stream.Bits((ulong)i) % 8])];
        var maps = new Inference(Trainings.Cpu).Map(member, network, ParameterBounds.Default, SimulatedVoxels.TwelveB,
            signals, default);
        Assert.All(maps.D, value => Assert.InRange(value, 0, 0.005f));
        Assert.All(maps.F, value => Assert.InRange(value, 0, 0.7f));
        Assert.All(maps.DStar, value => Assert.InRange(value, 0.005f, 0.2f));
        Assert.All(maps.S0, value => Assert.InRange(value, 0.7f, 1.3f));
    }

    [Fact]
    public void Orig_does_not_read_the_signal_at_zero_and_keeps_S0()
    {
        var network = new IvimNetOrigRecipe();
        var member = Trainings.Train(network: network);
        var maps = Trainings.Map(member, Trainings.Voxels, network);
        float[] other = [.. Trainings.Voxels.Signals.Select((value, i) => i % 12 == 0 ? value + 0.5f : value)];
        var again = Trainings.Map(member, Trainings.Voxels with { Signals = other }, network);
        Assert.Equal(maps.D, again.D);
        Assert.All(maps.S0, value => Assert.Equal(1, value));
    }

    [Fact]
    public void A_member_whose_fast_component_is_the_slow_one_is_swapped_back_for_all_its_voxels()
    {
        var network = new IvimNetOrigRecipe();
        var drawn = Trainings.Train(network: network, recipe: None);
        var weights = new NamedArrays(drawn.Weights.Items.Select(array => array.Name switch
        {
            "last.weight" => new NamedArray(array.Name, new float[3 * 11], 3, 11),
            "last.bias" => new NamedArray(array.Name, new[] { 0.001f, 0.04f, 0.8f }, 3),       // D*, D, f
            _ => array,
        }));
        var member = Trainings.Train(network: network, recipe: None,
            warmStart: (drawn with { Weights = weights }).ToArrays());
        Assert.True(member.Swapped);
        Assert.True(TrainedMember.From(member.ToArrays()).Swapped);
        var maps = Trainings.Map(member, Trainings.Voxels, network);
        Assert.Equal((0.001f, 0.04f), (maps.D[7], maps.DStar[7]));
        Assert.Equal(0.2, maps.F[7], 1e-6);
        Assert.False(Trainings.Train(recipe: None).Swapped);
    }

    private static string[] Shapes(NamedArrays arrays) =>
        [.. arrays.Items.Select(array => $"{array.Name} [{string.Join(", ", array.Shape)}]")];

    private static NamedArrays Changed(NamedArrays weights, string name, int from, int to) =>
        new(weights.Items.Select(array => array.Name != name ? array : new NamedArray(name,
            ((float[])array.Values).Select((value, i) => i >= from && i < to ? value + 0.5f : value).ToArray(),
            array.Shape)));
}
