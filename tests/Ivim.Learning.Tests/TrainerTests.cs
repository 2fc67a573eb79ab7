using TorchSharp;

namespace Ivim.Learning.Tests;

public class TrainerTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bits() => Trainings.SameBits(Trainings.Train(), Trainings.Train());

    [Fact]
    public void Another_member_gets_other_weights() =>
        Assert.False(Trainings.Train(0).Weights.HaveSameBits(Trainings.Train(1).Weights));

    [Fact]
    public void A_training_beside_others_gives_the_bits_of_one_alone()
    {
        var alone = Enumerable.Range(0, 3).Select(member => Trainings.Train((ulong)member)).ToArray();
        var beside = new TrainedMember[3];
        var threads = Enumerable.Range(0, 3).Select(member =>
            new Thread(() => beside[member] = Trainings.Train((ulong)member))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        for (int member = 0; member < 3; member++) Trainings.SameBits(alone[member], beside[member]);
    }

    [Fact]
    public void The_threads_Torch_had_before_change_no_bit_and_come_back()
    {
        var expected = Trainings.Train();
        int before = torch.get_num_threads();
        torch.set_num_threads(2);
        try
        {
            Trainings.SameBits(expected, Trainings.Train());
            Assert.Equal(2, torch.get_num_threads());
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    [Fact]
    public void Torchs_global_generator_is_not_used()
    {
        torch.random.manual_seed(1);
        var first = Trainings.Train(network: new NetworkRecipe { Dropout = 0.1 });
        torch.random.manual_seed(2);
        Trainings.SameBits(first, Trainings.Train(network: new NetworkRecipe { Dropout = 0.1 }));
    }

    [Fact]
    public void Dropout_changes_the_training() =>
        Assert.False(Trainings.Train().Weights.HaveSameBits(
            Trainings.Train(network: new NetworkRecipe { Dropout = 0.1 }).Weights));

    [Fact]
    public void No_tensor_survives_a_step()
    {
        var live = new List<long>();
        Trainings.Train(watch: new TrainingWatch
        {
            EverySteps = 1,
            Look = _ =>
            {
                live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
                return true;     // a snapshot must not leave one behind either
            },
        });
        Assert.Single(live.Skip(1).Distinct());     // the first step makes the gradients
    }

    [Fact]
    public void No_tensor_survives_a_training_or_an_inference()
    {
        Trainings.Map(Trainings.Train(), Trainings.Voxels);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Trainings.Map(Trainings.Train(), Trainings.Voxels);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(Architecture.Full)]
    [InlineData(Architecture.CnnLstm)]
    [InlineData(Architecture.CnnAttention)]
    [InlineData(Architecture.Cnn)]
    [InlineData(Architecture.Perceptron)]
    public void Every_architecture_lowers_its_loss(Architecture architecture)
    {
        var network = new NetworkRecipe { Architecture = architecture, Pooling = Pooling.MeanLast };
        var member = Trainings.Train(network: network, recipe: Trainings.Short with { Steps = 60 });
        Assert.True(member.LossHistory[^1] < member.LossHistory[0]);
        Assert.Equal(member.LossHistory[^1], member.Loss);
        Assert.Equal(11, member.LossHistory.Count);     // the start and 60 / 6 evaluations
    }

    [Fact]
    public void A_cancelled_training_stops_between_two_steps()
    {
        using var cancel = new CancellationTokenSource();
        int last = 0;
        var watch = new TrainingWatch
        {
            EverySteps = 1,
            Look = progress =>
            {
                last = progress.Step;
                if (progress.Step == 5) cancel.Cancel();
                return false;
            },
        };
        Assert.Throws<OperationCanceledException>(() => Trainings.Train(watch: watch, cancellation: cancel.Token));
        Assert.Equal(5, last);
    }

    [Fact]
    public void Chosen_weights_are_copies_and_the_best_ones_where_asked()
    {
        // A rate this high makes the loss jump, so that the best evaluation is not the last one.
        var wild = Trainings.Short with { LearningRate = 0.5, Schedule = LearningRateSchedule.Constant, Steps = 30 };
        var last = Trainings.Train(recipe: wild);
        var best = Trainings.Train(recipe: wild with { ChosenWeights = ChosenWeights.BestProbeLoss });
        Assert.Equal(best.LossHistory.Min(), best.Loss);
        Assert.NotEqual(best.Loss, last.Loss);
        Assert.False(best.Weights.HaveSameBits(last.Weights));
        var again = Trainings.Train(warmStart: best.ToArrays(), recipe: wild with { Steps = 0 });
        Assert.Equal(best.Loss, again.Loss);     // the copy still is what was measured
    }
}
