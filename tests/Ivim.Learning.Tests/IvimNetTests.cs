namespace Ivim.Learning.Tests;

public class IvimNetTests
{
    [Fact]
    public void A_heads_hidden_units_move_its_own_parameter_only()
    {
        var member = Trainings.Train();
        var before = Trainings.Map(member, Trainings.Voxels);
        var after = Trainings.Map(member with { Weights = Shifted(member.Weights, "hidden.bias", 16, 32) },
            Trainings.Voxels);
        Assert.Equal(before.D, after.D);
        Assert.NotEqual(before.F, after.F);     // units 16 to 31 belong to the second head, f
        Assert.Equal(before.DStar, after.DStar);
        Assert.Equal(before.S0, after.S0);
    }

    [Fact]
    public void The_loss_weighs_each_b_value_by_the_volumes_behind_it()
    {
        int[] averages = [8, 1, 1, 1, 2, 1, 1, 1, 1, 1, 4, 8];
        var b = new Physics.BValueTable(SimulatedVoxels.TwelveB.SecondsPerMm2, averages);
        var voxels = SimulatedVoxels.Draw(100, 30, b);
        var member = Trainings.Train(data: voxels.Training(), recipe: Trainings.Short with { Steps = 0 });
        var maps = Trainings.Map(member, voxels);
        double sum = 0;
        for (int v = 0; v < 100; v++)
        {
            for (int i = 0; i < 12; i++)
            {
                double fitted = maps.S0[v] * SimulatedVoxels.Signal([maps.D[v], maps.F[v], maps.DStar[v]],
                    b.SecondsPerMm2[i]);
                sum += averages[i] / 2.5 * Math.Pow(fitted - voxels.Signals[v * 12 + i], 2);     // 30 volumes / 12
            }
        }
        Assert.Equal(1, member.Loss / (sum / 1200), 1e-5);     // float32 against double
    }

    [Fact]
    public void The_position_code_reaches_the_answer()
    {
        var member = Trainings.Train();
        var other = new Physics.BValueTable(SimulatedVoxels.TwelveB.SecondsPerMm2
            .Select(b => b + (b > 0 && b < 600 ? 3 : 0)));
        Assert.NotEqual(Trainings.Map(member, Trainings.Voxels).D,
            Trainings.Map(member, Trainings.Voxels with { B = other }).D);
        var plain = new NetworkRecipe { PositionChannel = false };
        var blind = Trainings.Train(network: plain);
        Assert.Equal(Trainings.Map(blind, Trainings.Voxels, plain).D,
            Trainings.Map(blind, Trainings.Voxels with { B = other }, plain).D);
    }

    [Fact]
    public void Every_weight_is_drawn_and_none_is_left_to_Torch()
    {
        // Two networks of one seed, built after different uses of the global generator, in the initial state.
        var none = Trainings.Short with { Steps = 0 };
        TorchSharp.torch.random.manual_seed(1);
        var first = Trainings.Train(recipe: none);
        TorchSharp.torch.random.manual_seed(2);
        Trainings.SameBits(first, Trainings.Train(recipe: none));
    }

    private static NamedArrays Shifted(NamedArrays weights, string name, int from, int to) =>
        new(weights.Items.Select(array =>
    {
        if (array.Name != name) return array;
        float[] values = [.. (float[])array.Values];
        for (int i = from; i < to; i++) values[i] += 0.5f;
        return new NamedArray(name, values, array.Shape);
    }));
}
