using Ivim.Physics;

namespace Ivim.Learning.Tests;

public class RecipeTests
{
    [Fact]
    public void The_cosine_falls_from_the_first_rate_to_the_last()
    {
        var recipe = new TrainingRecipe { Steps = 1000, LearningRate = 2e-3, FinalLearningRate = 2e-5 };
        Assert.Equal(2e-3, recipe.RateAt(0), 1e-12);
        Assert.Equal(1.01e-3, recipe.RateAt(500), 1e-12);
        Assert.Equal(2e-5, recipe.RateAt(1000), 1e-12);
        Assert.Equal(2e-3, (recipe with { Schedule = LearningRateSchedule.Constant }).RateAt(900));
    }

    [Fact]
    public void Each_epoch_meets_every_voxel_once_in_an_order_of_its_own()
    {
        var order = new BatchOrder(new MemberSeed(1, 2, 3), voxels: 30, batchVoxels: 12);
        int[] drawn = [.. Enumerable.Range(0, 5).SelectMany(order.At)];
        Assert.Equal(Enumerable.Range(0, 30), drawn[..30].Order());
        Assert.Equal(Enumerable.Range(0, 30), drawn[30..].Order());
        Assert.NotEqual(drawn[..30], drawn[30..]);
    }

    [Fact]
    public void A_batch_depends_on_its_step_and_not_on_those_before()
    {
        var seed = new MemberSeed(1, 2, 3);
        var inOrder = new BatchOrder(seed, 30, 12);
        for (int step = 0; step < 7; step++) inOrder.At(step);
        Assert.Equal(inOrder.At(7), new BatchOrder(seed, 30, 12).At(7));
        Assert.Equal(100, new BatchOrder(seed, 3, 100).At(4).Length);     // fewer voxels than a batch: epochs follow
    }

    [Fact]
    public void Seeds_differ_in_each_of_their_parts()
    {
        MemberSeed[] seeds = [new(1, 2, 3), new(2, 1, 3), new(1, 3, 2), new(3, 2, 1), new(1, 2, 4)];
        Assert.Equal(5, seeds.Select(seed => seed.Weights.Bits(0)).Distinct().Count());
        Assert.NotEqual(seeds[0].Weights.Bits(0), seeds[0].Epoch(0).Bits(0));
        Assert.NotEqual(seeds[0].Epoch(0).Bits(0), seeds[0].Epoch(1).Bits(0));
    }

    [Fact]
    public void A_network_that_cannot_be_built_is_refused()
    {
        Refused("NETWORK-RECIPE", () => new NetworkRecipe { LstmUnits = 15, AttentionHeads = 4 }.Check());
        Refused("NETWORK-RECIPE", () => new NetworkRecipe { HeadUnits = 0 }.Check());
        Refused("NETWORK-RECIPE", () => new NetworkRecipe { Dropout = 1 }.Check());
        new NetworkRecipe { Architecture = Architecture.Cnn, SecondConvolution = 15 }.Check();     // no heads to divide
    }

    [Fact]
    public void A_training_that_cannot_run_is_refused()
    {
        Refused("TRAINING-RECIPE", () => new TrainingRecipe { BatchVoxels = 0 }.Check());
        Refused("TRAINING-RECIPE", () => new TrainingRecipe { LearningRate = double.NaN }.Check());
        Refused("TRAINING-EMPTY", () => _ = new TrainingSet([], SimulatedVoxels.TwelveB));
        Refused("TRAINING-LENGTH", () => _ = new TrainingSet(new float[13], SimulatedVoxels.TwelveB));
        Refused("TRAINING-NONFINITE", () => _ = new TrainingSet([1, float.NaN], new BValueTable([0, 100])));
    }

    [Fact]
    public void A_missing_or_mistyped_array_is_refused()
    {
        var arrays = new NamedArrays([new NamedArray("a/b", new float[] { 1 }, 1)]);
        Refused("ARRAY-MISSING", () => arrays.Floats("a/c"));
        Refused("ARRAY-TYPE", () => arrays.In("a").Doubles("b"));
        Assert.Throws<ArgumentException>(() => new NamedArray("a", new float[3], 2, 2));
    }

    private static void Refused(string code, Action action) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(action).Code);
}
