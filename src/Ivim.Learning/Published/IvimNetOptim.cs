using Ivim.Physics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ivim.Learning.Published;

/// <summary>
/// Kaandorp et al. 2021: four parallel sub-networks, each with two hidden layers as wide as the signals, answer with
/// the two amplitudes and the two diffusivities within widened bounds.
/// </summary>
/// <remarks>
/// The sub-networks lie side by side in one matrix a layer; a mask makes 0 of every weight between two of them. Batch
/// normalisation: Ioffe and Szegedy 2015, arXiv 1502.03167, with Torch's momentum 0.1 and epsilon 1e-5.
/// </remarks>
internal sealed class IvimNetOptim : VoxelNetwork
{
    private const double Momentum = 0.1, Epsilon = 1e-5, LeastSum = 1e-6;

    /// <summary>
    /// A negative diffusivity may make an exponent so large that its signal overflows and its gradient is no number;
    /// from here on a signal is clipped anyway.
    /// </summary>
    private static readonly Scalar LargestExponent = 30.0.ToScalar();

    private static readonly Scalar LeastSignal = 0.0.ToScalar(), LargestSignal = 3.0.ToScalar(),
        LeastAmplitudes = LeastSum.ToScalar();

    private readonly IvimNetOptimRecipe _recipe;
    private readonly int _width;
    private readonly Linear first;
    private readonly Parameter firstScale;
    private readonly Parameter firstShift;
    private readonly Tensor firstMean;
    private readonly Tensor firstVariance;
    private readonly Linear second;
    private readonly Parameter secondScale;
    private readonly Parameter secondShift;
    private readonly Tensor secondMean;
    private readonly Tensor secondVariance;
    private readonly Linear last;
    private readonly Tensor _secondMask;
    private readonly Tensor _lastMask;
    private readonly Tensor _minusB;
    private readonly Tensor _lower;
    private readonly Tensor _boundsWidth;

    public IvimNetOptim(IvimNetOptimRecipe recipe, ParameterBounds bounds, BValueList b, Device device)
        : base(nameof(IvimNetOptim))
    {
        (_recipe, _width) = (recipe, b.Count);
        int units = 4 * _width;
        first = nn.Linear(_width, units);
        second = nn.Linear(units, units);
        last = nn.Linear(units, 4);
        (firstScale, firstShift) = (nn.Parameter(ones(units)), nn.Parameter(zeros(units)));
        (secondScale, secondShift) = (nn.Parameter(ones(units)), nn.Parameter(zeros(units)));
        (firstMean, firstVariance) = (zeros(units), ones(units));
        (secondMean, secondVariance) = (zeros(units), ones(units));
        RegisterComponents();
        this.to(device);
        _secondMask = PublishedConstants.BlockMask(_width, _width, device);
        _lastMask = PublishedConstants.BlockMask(1, _width, device);
        _minusB = PublishedConstants.MinusB(b, device);
        (_lower, _boundsWidth) = PublishedConstants.Widened(
            [bounds.F, bounds.DStar, bounds.D, recipe.SlowAmplitude], recipe.Widening, device);
    }

    public override int DropoutUnits => 4 * _width;

    public override double DropoutShare => _recipe.Dropout;

    public override bool MaySwap => true;

    /// <summary>Fast amplitude, D*, D, slow amplitude, each within its widened bounds; float32 [voxels, 4].</summary>
    public override Tensor Answer(Tensor inputs, TrainingPass? pass = null)
    {
        bool training = pass is not null;
        var x = AlignedLayer.Forward(inputs, first.weight!, first.bias!);           // [voxels, 4 B]
        x = Normalised(x, firstMean, firstVariance, firstScale, firstShift, training).Elu();
        if (pass?.Keep is { } keep) x = x * keep;
        x = AlignedLayer.Forward(x, second.weight! * _secondMask, second.bias!);
        x = Normalised(x, secondMean, secondVariance, secondScale, secondShift, training).Elu();
        x = AlignedLayer.Forward(x, last.weight! * _lastMask, last.bias!);           // [voxels, 4]
        return _lower.Plus(_boundsWidth * sigmoid(x));
    }

    /// <summary>F exp(-b D*) + A exp(-b D), clipped to 0 to 3 as published; float32 [voxels, B].</summary>
    public override Tensor Signals(Tensor answer)
    {
        var fast = answer.narrow(1, 0, 1) * Decay(answer.narrow(1, 1, 1));
        var slow = answer.narrow(1, 3, 1) * Decay(answer.narrow(1, 2, 1));
        return fast.Plus(slow).clamp(LeastSignal, LargestSignal);
    }

    /// <summary>S0 = F + A, f = F / S0.</summary>
    public override Tensor Parameters(Tensor answer)
    {
        var fast = answer.narrow(1, 0, 1);
        var s0 = fast.Plus(answer.narrow(1, 3, 1));
        return cat([answer.narrow(1, 2, 1), fast / s0.clamp_min(LeastAmplitudes), answer.narrow(1, 1, 1), s0], 1);
    }

    public override FirstValues First(string name, long fanIn, StartingPoint start) => name switch
    {
        "firstScale" or "secondScale" => FirstValues.Ones(4 * _width),
        "firstShift" or "secondShift" => FirstValues.Zero,
        _ => FirstValues.Within(_width),        // a unit reads its own sub-network only, whatever Torch counts
    };

    private Tensor Decay(Tensor diffusivity) => exp((diffusivity * _minusB).clamp_max(LargestExponent));

    /// <summary>In a training step by the batch's statistics, which then move the running ones.</summary>
    private static Tensor Normalised(Tensor x, Tensor mean, Tensor variance, Parameter scale, Parameter shift,
        bool training) =>
        nn.functional.batch_norm(x, mean, variance, scale, shift, training, Momentum, Epsilon);
}
