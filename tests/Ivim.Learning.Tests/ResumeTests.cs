using Ivim.Physics;

namespace Ivim.Learning.Tests;

public class ResumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(13)]
    [InlineData(24)]
    public void A_resumed_training_ends_with_the_bits_of_an_uninterrupted_one(int step)
    {
        var network = new NetworkRecipe { Dropout = 0.1 };
        var recipe = Trainings.Short with { ChosenWeights = ChosenWeights.BestProbeLoss };
        var straight = Trainings.Train(network: network, recipe: recipe);
        var state = Trainings.StateAt(step, network, recipe);
        Trainings.SameBits(straight, Trainings.Train(network: network, recipe: recipe,
            resume: TrainingState.From(state.ToArrays())));
    }

    [Fact]
    public void Being_watched_changes_no_bit()
    {
        var watched = Trainings.Train(watch: new TrainingWatch { EverySteps = 1, Look = _ => true });
        Trainings.SameBits(Trainings.Train(), watched);
    }

    [Fact]
    public void A_state_of_other_signals_is_refused()
    {
        var state = Trainings.StateAt(6, new NetworkRecipe(), Trainings.Short);
        var other = SimulatedVoxels.Draw(800, 50, SimulatedVoxels.TwelveB, seed: 8).Training();
        var refusal = Assert.Throws<RefusalException>(() => Trainings.Train(resume: state, data: other));
        Assert.Equal("CHECKPOINT-MISMATCH", refusal.Code);
    }

    [Fact]
    public void A_state_of_another_network_is_refused()
    {
        var state = Trainings.StateAt(6, new NetworkRecipe(), Trainings.Short);
        var refusal = Assert.Throws<RefusalException>(() =>
            Trainings.Train(resume: state, network: new NetworkRecipe { HeadUnits = 8 }));
        Assert.Equal("WEIGHTS-MISMATCH", refusal.Code);
    }

    [Fact]
    public void A_warm_start_of_no_steps_is_the_other_member_unchanged()
    {
        var first = Trainings.Train();
        var other = SimulatedVoxels.Draw(400, 20, SimulatedVoxels.TwelveB, seed: 9);
        var warm = Trainings.Train(5, warmStart: first.ToArrays(), recipe: Trainings.Short with { Steps = 0 },
            data: other.Training());
        Assert.True(first.Weights.HaveSameBits(warm.Weights));
        Assert.True(first.Conditioning.ToArrays().HaveSameBits(warm.Conditioning.ToArrays()));
        Assert.Equal(0, warm.Steps);
    }

    [Fact]
    public void A_warm_start_for_another_table_is_refused()
    {
        var other = SimulatedVoxels.Draw(100, 20, SimulatedVoxels.SixteenB).Training();
        var refusal = Assert.Throws<RefusalException>(() =>
            Trainings.Train(warmStart: Trainings.Train().ToArrays(), data: other));
        Assert.Equal("WARM-START-MISMATCH", refusal.Code);
    }
}
