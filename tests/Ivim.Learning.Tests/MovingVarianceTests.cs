using Ivim.Physics;

namespace Ivim.Learning.Tests;

public class MovingVarianceTests
{
    private static readonly StoppingRecipe Rule = new()
    {
        LeastSteps = 0, ReferenceFactor = 0, VarianceWindow = 3, VariancePatience = 4,
    };

    private static readonly TrainingRecipe Wild = Trainings.Short with
    {
        Steps = 200, EvaluateEvery = 2, Schedule = LearningRateSchedule.Constant, LearningRate = 5e-2, Stopping = Rule,
    };

    [Fact]
    public void The_weights_at_the_least_variance_are_kept()
    {
        var rule = new MovingVariance(window: 3, patience: 2);
        // Steps of 2, 1, 0.1, 0.1, 1, 2: the window of 3 is quietest at the fifth answer.
        float[] answers = [0, 2, 3, 3.1f, 3.2f, 4.2f, 6.2f];
        for (int i = 0; i < answers.Length; i++)
        {
            Assert.False(rule.HasRisen);
            rule.Add([answers[i], -answers[i]], loss: i, counts: true, () => Labelled(i));
        }
        Assert.True(rule.HasRisen);
        Assert.Equal(4, rule.Loss);
        Assert.Equal(4, rule.Weights!.Floats("w")[0]);
    }

    [Fact]
    public void A_minimum_before_the_guard_lets_go_is_not_chosen()
    {
        var rule = new MovingVariance(window: 2, patience: 1);
        foreach (float answer in new[] { 1f, 1f, 1f }) rule.Add([answer], 0, counts: false, () => Labelled(0));
        Assert.Null(rule.Weights);
        rule.Add([2], 7, counts: true, () => Labelled(7));
        Assert.Equal(7, rule.Loss);
    }

    [Fact]
    public void A_training_that_has_passed_the_least_variance_gives_those_weights_back()
    {
        var member = Trainings.Train(network: Cnn, recipe: Wild);
        Assert.Equal(StopReason.VarianceRose, member.StopReason);
        Assert.InRange(member.Steps, 14, 199);
        // 4 evaluations ago, as the patience says; the loss of a warm start without a step is that of the weights.
        Assert.Equal(member.LossHistory[^5], member.Loss);
        var again = Trainings.Train(network: Cnn, recipe: Trainings.Short with { Steps = 0 },
            warmStart: member.ToArrays());
        Assert.Equal(member.Loss, again.Loss);
    }

    [Fact]
    public void A_resumed_training_stops_where_an_uninterrupted_one_does()
    {
        var straight = Trainings.Train(network: Cnn, recipe: Wild);
        foreach (int step in new[] { 2, straight.Steps - 5, straight.Steps - 1 })
        {
            var state = TrainingState.From(Trainings.StateAt(step, Cnn, Wild).ToArrays());
            Trainings.SameBits(straight, Trainings.Train(network: Cnn, recipe: Wild, resume: state));
        }
    }

    [Fact]
    public void A_falling_rate_is_refused()
    {
        var cosine = Wild with { Schedule = LearningRateSchedule.Cosine };
        Assert.Equal("TRAINING-RECIPE", Assert.Throws<RefusalException>(cosine.Check).Code);
        (cosine with { Stopping = Rule with { VarianceWindow = 0 } }).Check();
    }

    private static NetworkRecipe Cnn { get; } = new() { Architecture = Architecture.Cnn };

    private static NamedArrays Labelled(int label) => new([new NamedArray("w", new float[] { label }, 1)]);
}
