using Ivim.Learning.Published;
using Ivim.Physics;
using TorchSharp;

namespace Ivim.Learning.Tests.Published;

public class PublishedTrainingTests
{
    public static TheoryData<NetworkFamily> Families => PublishedNetworkTests.Families;

    private static TrainingRecipe Recipe(NetworkFamily network) => (network is IvimNetOptimRecipe
        ? IvimNetOptimRecipe.Training(24) with { LearningRate = 1e-3 }
        : IvimNetOrigRecipe.Training(24)) with
    {
        EvaluateEvery = 6,
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_resumed_training_ends_with_the_bits_of_an_uninterrupted_one(NetworkFamily network)
    {
        var straight = Trainings.Train(network: network, recipe: Recipe(network));
        foreach (int step in new[] { 1, 13, 18 })
        {
            var state = Trainings.StateAt(step, network, Recipe(network));
            Trainings.SameBits(straight, Trainings.Train(network: network, recipe: Recipe(network),
                resume: TrainingState.From(state.ToArrays())));
        }
    }

    /// <remarks>Arrays of odd lengths in between move the later ones to other places in memory.</remarks>
    [Theory]
    [MemberData(nameof(Families))]
    public void Where_memory_lies_changes_no_bit(NetworkFamily network)
    {
        var recipe = Recipe(network) with { Steps = 6 };
        var expected = Trainings.Train(network: network, recipe: recipe);
        for (int odd = 1; odd < 12; odd++)
        {
            int length = 100 + 3 * odd;
            var watch = new TrainingWatch { EverySteps = 1, Look = _ => new byte[length].Length == 0 };
            Trainings.SameBits(expected, Trainings.Train(network: network, recipe: recipe, watch: watch));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_training_lowers_its_loss(NetworkFamily network)
    {
        var member = Trainings.Train(network: network, recipe: Recipe(network) with { Steps = 300 });
        Assert.True(member.LossHistory[^1] < 0.5 * member.LossHistory[0]);
    }

    /// <remarks>Widths that fill no cache line are where kernels treat rows differently.</remarks>
    [Theory]
    [MemberData(nameof(Families))]
    public void A_voxels_place_and_neighbours_change_no_bit(NetworkFamily network)
    {
        foreach (int count in new[] { 5, 11, 12, 17 })
        {
            var table = new BValueTable(Enumerable.Range(0, count).Select(i => 10.0 * i * i));
            var voxels = SimulatedVoxels.Draw(1100, 50, table);
            var member = Trainings.Train(network: network, recipe: Recipe(network), data: voxels.Training());
            var maps = Trainings.Map(member, voxels, network);
            int[] order = new RandomStream(3).Permutation(voxels.Voxels);
            var shuffled = voxels with
            {
                Signals = [.. order.SelectMany(v => voxels.Signals.Skip(v * count).Take(count))],
            };
            var moved = Trainings.Map(member, shuffled, network);
            for (int i = 0; i < order.Length; i++)
            {
                Assert.Equal(maps.D[order[i]], moved.D[i]);
                Assert.Equal(maps.F[order[i]], moved.F[i]);
                Assert.Equal(maps.DStar[order[i]], moved.DStar[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void No_tensor_survives_a_step(NetworkFamily network)
    {
        var live = new List<long>();
        Trainings.Train(network: network, recipe: Recipe(network), watch: new TrainingWatch
        {
            EverySteps = 1,
            Look = _ =>
            {
                live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
                return true;
            },
        });
        Assert.Single(live.Skip(1).Distinct());     // the first step makes the gradients
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_acquired_volume_may_be_a_signal_of_its_own(NetworkFamily network)
    {
        var table = SimulatedVoxels.TwelveB;
        var list = new BValueList(table.SecondsPerMm2.SelectMany(b => b is 0 or 600 ? new[] { b, b, b } : [b]));
        Assert.Equal((16, 3), (list.Count, list.Zeros));
        float[] signals = [.. Enumerable.Range(0, 200).SelectMany(v => list.SecondsPerMm2.Select(b =>
            Trainings.Voxels.Signals[12 * v + table.SecondsPerMm2.IndexOf(b)]))];
        var member = Trainings.Train(network: network, recipe: Recipe(network), data: new TrainingSet(signals, list));
        var maps = new Inference(Trainings.Cpu).Map(member, network, ParameterBounds.Default, list, signals, default);
        Assert.Equal(200, maps.Voxels);
        Assert.Equal("B-LIST", Assert.Throws<RefusalException>(() => new BValueList([0, 50, 10])).Code);
    }

    [Fact]
    public void A_constant_loss_ends_a_training_when_patience_ends()
    {
        var recipe = IvimNetOrigRecipe.Training(100) with { EvaluateEvery = 1, LearningRate = 1e-30 };
        var member = Trainings.Train(network: new IvimNetOrigRecipe(), recipe: recipe);
        Assert.Equal((StopReason.NoImprovement, 10), (member.StopReason, member.Steps));
    }

    [Fact]
    public void Published_losses_do_not_count_averages()
    {
        var b = new BValueTable(SimulatedVoxels.TwelveB.SecondsPerMm2, [8, 1, 1, 1, 2, 1, 1, 1, 1, 1, 4, 8]);
        var recipe = Trainings.Short with { Steps = 0 };
        double plain = Trainings.Train(network: new IvimNetOrigRecipe(), recipe: recipe).Loss;
        Assert.Equal(plain, Trainings.Train(network: new IvimNetOrigRecipe(), recipe: recipe,
            data: new TrainingSet(Trainings.Voxels.Signals, b)).Loss);
    }

    [Fact]
    public void Voxels_that_do_not_decay_are_not_learnt_from()
    {
        var b = new BValueTable([0, 10, 20, 100, 200, 400, 800]);
        float[] tissue = [1, 0.95f, 1.6f, 0.8f, 0.7f, 0.5f, 0.3f], risen = [1, 1, 1, 0.9f, 1.3f, 0.6f, 0.3f],
            bright = [1, 1.6f, 1.6f, 0.8f, 0.7f, 0.5f, 0.3f];
        // numpy.percentile([1, .95, 1.6], 95) = 1.54, of `risen` above b = 150: 1.23
        Assert.Empty(IvimNetVoxels.Plausible([.. tissue, .. risen, .. bright], b));
        tissue[2] = 1.02f;
        Assert.Equal(tissue, IvimNetVoxels.Plausible([.. risen, .. tissue, .. bright], b));
        float[] spike = [.. Enumerable.Repeat(1f, 25), 1.7f, 0.8f];
        var long26 = new BValueList([.. Enumerable.Repeat(0.0, 26), 500]);
        Assert.Equal(1.5f, IvimNetVoxels.Plausible(spike, long26)[25]);     // the 95th percentile is 1
    }
}
