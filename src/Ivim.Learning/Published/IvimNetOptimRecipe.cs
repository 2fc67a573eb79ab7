using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning.Published;

/// <summary>
/// IVIM-NET "optim": Kaandorp et al., Magn Reson Med 86 (2021) 2250, doi 10.1002/mrm.28852. Sizes and details that the
/// paper leaves open are those of its authors' public program, restated from its description (docs/ivimnet.md).
/// </summary>
public sealed record IvimNetOptimRecipe : NetworkFamily
{
    /// <summary>Share of the units left out between the two hidden layers in a training step.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>
    /// Each bound moves outward by this share of the bounds' width, so that the sigmoid is not flat at the bounds
    /// themselves. Values beyond the bounds are legal inside the network and clamped in the maps.
    /// </summary>
    public double Widening { get; init; } = 0.3;

    /// <summary>
    /// Bounds of the slow component's amplitude, (1 - f) S0; f's own bounds are the fast amplitude's, f S0.
    /// </summary>
    public Bounds SlowAmplitude { get; init; } = new(0, 2);

    /// <summary>
    /// The published training, but for the clock: patience is counted in looks of 500 steps, which is one published
    /// epoch of a large set, so that a small set is not left after ten passes over it.
    /// </summary>
    /// <param name="steps">At most; the published limit is 1,000 epochs of 500 steps.</param>
    public static TrainingRecipe Training(int steps = 500_000) => new()
    {
        Steps = steps,
        BatchVoxels = 128,
        LearningRate = 3e-5,
        Schedule = LearningRateSchedule.Constant,
        GradientNorm = double.PositiveInfinity,
        WeightDecay = 1e-4,
        ValidationShare = 0.1,
        EvaluateEvery = 500,
        ProbeVoxels = 10_000,
        ChosenWeights = ChosenWeights.Last,
        Stopping = new StoppingRecipe { LeastSteps = 0, ReferenceFactor = 0, LossPatience = 10 },
    };

    internal override bool WeighsAverages => false;

    public override void Check()
    {
        Require(Dropout is >= 0 and < 1, "dropout outside [0, 1)", "a share of at least 0 and less than 1");
        Require(Widening is >= 0 and <= 1, "a widening outside [0, 1]", "for example 0.3");
        Require(SlowAmplitude.Width > 0, "no room for the slow amplitude", "a lower and a higher bound");
    }

    internal override InputConditioning Condition(ReadOnlySpan<float> signals, BValueList b) =>
        InputConditioning.Identity(b.Count);

    internal override VoxelNetwork Build(ParameterBounds bounds, BValueList b, InputConditioning conditioning,
        Device device) => new IvimNetOptim(this, bounds, b, device);
}
