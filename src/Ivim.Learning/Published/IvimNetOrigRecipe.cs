using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning.Published;

/// <summary>
/// IVIM-NET "orig": Barbieri et al., Magn Reson Med 83 (2020) 312, doi 10.1002/mrm.27910. It has no choices.
/// </summary>
public sealed record IvimNetOrigRecipe : NetworkFamily
{
    /// <summary>
    /// The published training: patience on the training loss, here watched on the probe in looks of 500 steps.
    /// Published results are those of the best of 10 runs: <see cref="MergeRule.LowestLoss"/>.
    /// </summary>
    /// <param name="steps">At most; published are 1,000 epochs.</param>
    public static TrainingRecipe Training(int steps = 500_000) => new()
    {
        Steps = steps,
        BatchVoxels = 128,
        LearningRate = 1e-3,
        Schedule = LearningRateSchedule.Constant,
        GradientNorm = double.PositiveInfinity,
        EvaluateEvery = 500,
        ProbeVoxels = 10_000,
        ChosenWeights = ChosenWeights.BestProbeLoss,
        Stopping = new StoppingRecipe { LeastSteps = 0, ReferenceFactor = 0, LossPatience = 10 },
    };

    internal override bool WeighsAverages => false;

    public override void Check()
    {
    }

    internal override InputConditioning Condition(ReadOnlySpan<float> signals, BValueList b) =>
        InputConditioning.Identity(b.Count);

    /// <exception cref="RefusalException">NETWORK-RECIPE: every b-value is 0.</exception>
    internal override VoxelNetwork Build(ParameterBounds bounds, BValueList b, InputConditioning conditioning,
        Device device)
    {
        Require(b.Zeros < b.Count, "no b-value above 0", "at least one: this network does not read b = 0");
        return new IvimNetOrig(b, device);
    }
}
