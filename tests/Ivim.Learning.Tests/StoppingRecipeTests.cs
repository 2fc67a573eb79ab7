namespace Ivim.Learning.Tests;

public class StoppingRecipeTests
{
    private static readonly TrainingSet Data =
        Trainings.Voxels.Training() with { ReferenceLoss = 1, NoiseVariance = 0.9 };

    private static readonly double[] Flat = [.. Enumerable.Repeat(1.2, 40)];

    [Fact]
    public void Without_a_rule_a_training_makes_all_its_steps() =>
        Assert.Null(new StoppingRecipe().Decide(5000, Flat, Data));

    [Fact]
    public void A_flat_loss_has_converged() => Assert.Equal(StopReason.Converged,
        new StoppingRecipe { RelativeChange = 1e-3 }.Decide(5000, Flat, Data));

    [Fact]
    public void A_falling_loss_has_not_converged() => Assert.Null(new StoppingRecipe { RelativeChange = 1e-3 }
        .Decide(5000, [.. Enumerable.Range(0, 40).Select(e => Math.Pow(0.99, e))], Data));

    [Fact]
    public void A_short_history_has_not_converged() =>
        Assert.Null(new StoppingRecipe { RelativeChange = 1e-3 }.Decide(5000, Flat[..21], Data));

    [Fact]
    public void Nothing_stops_before_the_least_steps() =>
        Assert.Null(new StoppingRecipe { RelativeChange = 1e-3, LeastSteps = 500 }.Decide(499, Flat, Data));

    [Fact]
    public void Nothing_stops_an_under_fit_training()
    {
        double[] high = [.. Enumerable.Repeat(1.6, 40)];
        Assert.Null(new StoppingRecipe { RelativeChange = 1e-3 }.Decide(5000, high, Data));
        Assert.Equal(StopReason.Converged,
            new StoppingRecipe { RelativeChange = 1e-3, ReferenceFactor = 0 }.Decide(5000, high, Data));
    }

    [Fact]
    public void The_discrepancy_principle_stops_below_the_noise_of_eight_degrees_of_freedom()
    {
        var rule = new StoppingRecipe { NoiseFactor = 1 };
        // 12 b-values less 4 parameters: 0.9 * 8 / 12 = 0.6.
        Assert.Null(rule.Decide(5000, [0.61], Data));
        Assert.Equal(StopReason.NoiseReached, rule.Decide(5000, [0.59], Data));
        Assert.Null(rule.Decide(5000, [0.59], Data with { NoiseVariance = null }));
        Assert.Equal(StopReason.NoiseReached, (rule with { NoiseFactor = 1.2 }).Decide(5000, [0.61], Data));
        Assert.Null((rule with { NoiseFactor = 0 }).Decide(5000, [0.01], Data));
    }

    [Fact]
    public void The_discrepancy_principle_looks_at_the_signals_as_measured()
    {
        var rule = new StoppingRecipe { NoiseFactor = 1 };
        Assert.Null(rule.Decide(5000, [0.3], Data, measuredLoss: 0.61));      // the denoised ones are closer
        Assert.Equal(StopReason.NoiseReached, rule.Decide(5000, [0.3], Data, measuredLoss: 0.59));
    }

    [Fact]
    public void A_training_on_denoised_signals_stops_by_the_measured_ones()
    {
        var quiet = SimulatedVoxels.Draw(800, 1000, SimulatedVoxels.TwelveB);
        var data = quiet.Training() with { Measured = Trainings.Voxels.Signals, NoiseVariance = 1 };
        var recipe = Trainings.Short with { Stopping = new StoppingRecipe { LeastSteps = 7, NoiseFactor = 1 } };
        Assert.Equal(StopReason.NoiseReached, Trainings.Train(recipe: recipe, data: data).StopReason);
        float[] far = [.. Trainings.Voxels.Signals.Select(value => value + 2)];
        var unreached = data with { Measured = far };
        Assert.Equal(StopReason.AllSteps, Trainings.Train(recipe: recipe, data: unreached).StopReason);
    }

    [Fact]
    public void Patience_counts_from_the_least_loss()
    {
        var rule = new StoppingRecipe { LossPatience = 3, ReferenceFactor = 0 };
        Assert.Null(rule.Decide(5000, [3, 2, 1, 2, 2], Data));
        Assert.Equal(StopReason.NoImprovement, rule.Decide(5000, [3, 2, 1, 2, 2, 1], Data));     // equal is not less
        Assert.Null(rule.Decide(5000, [3, 2, 1, 2, 2, 0.9], Data));
    }

    [Fact]
    public void A_training_that_converges_says_so()
    {
        var recipe = Trainings.Short with
        {
            Steps = 200,
            Stopping = new StoppingRecipe { RelativeChange = 0.5, Window = 2, Patience = 1, LeastSteps = 12 },
        };
        var member = Trainings.Train(recipe: recipe);
        Assert.Equal(StopReason.Converged, member.StopReason);
        Assert.InRange(member.Steps, 12, 199);
    }
}
