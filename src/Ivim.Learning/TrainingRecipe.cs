using Ivim.Physics;

namespace Ivim.Learning;

public enum LearningRateSchedule { Cosine, Constant }

/// <summary>Which weights a training gives back.</summary>
public enum ChosenWeights { Last, BestProbeLoss }

/// <summary>Every choice of a training that changes numbers; part of the protocol. Reasons: docs/network.md.</summary>
public sealed record TrainingRecipe
{
    /// <summary>Steps at most; 0 gives the start (or the warm start) back as it is.</summary>
    public int Steps { get; init; } = 1500;

    public int BatchVoxels { get; init; } = 256;

    public double LearningRate { get; init; } = 2e-3;

    public double FinalLearningRate { get; init; } = 2e-5;

    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Largest Euclidean norm of all gradients together; infinite for no limit.</summary>
    public double GradientNorm { get; init; } = 1;

    /// <summary>Times a weight is added to its gradient (L2 regularisation inside Adam); 0 is off.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Share of the voxels that no step learns from and the probe is taken from; 0 takes the probe from all voxels.
    /// </summary>
    public double ValidationShare { get; init; }

    /// <summary>Steps between two looks at the probe.</summary>
    public int EvaluateEvery { get; init; } = 50;

    /// <summary>Voxels of the probe, evenly spaced over the training set.</summary>
    public int ProbeVoxels { get; init; } = 2048;

    public ChosenWeights ChosenWeights { get; init; } = ChosenWeights.Last;

    /// <summary>When a training may end before its last step.</summary>
    public StoppingRecipe Stopping { get; init; } = new();

    /// <summary>The rate of a step, the first of which is 0.</summary>
    public double RateAt(int step) => Schedule == LearningRateSchedule.Constant
        ? LearningRate
        : FinalLearningRate
            + (LearningRate - FinalLearningRate) * 0.5 * (1 + Math.Cos(Math.PI * step / Math.Max(1, Steps)));

    /// <exception cref="RefusalException">TRAINING-RECIPE.</exception>
    public void Check()
    {
        Require(Steps >= 0 && BatchVoxels >= 1 && EvaluateEvery >= 1 && ProbeVoxels >= 1,
            "a count below its least value",
            "steps of at least 0, and a batch, a probe and an evaluation interval of at least 1");
        Require(LearningRate > 0 && FinalLearningRate >= 0 && GradientNorm > 0,
            "a rate or a gradient norm that is not positive",
            "positive numbers");
        Require(WeightDecay is >= 0 and < 1 && ValidationShare is >= 0 and < 1,
            "a weight decay or a validation share outside [0, 1)", "at least 0 and less than 1");
        if (Stopping.VarianceWindow == 0) return;
        Require(Stopping is { VarianceWindow: >= 2, VariancePatience: >= 1 }, "a moving variance without a window",
            "a window of at least 2 evaluations and a patience of at least 1");
        Require(Schedule == LearningRateSchedule.Constant,
            "the moving-variance rule with a falling learning rate, under which the variance falls for ever",
            "a constant learning rate, or the rule switched off");
    }

    private static void Require(bool holds, string found, string expected)
    {
        if (!holds) throw new RefusalException("TRAINING-RECIPE", found, expected, "change the protocol's training");
    }
}
