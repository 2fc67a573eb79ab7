using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Which of the parts a network has; the later ones are the ablations of the first. The perceptron has none of them:
/// two dense layers see the whole input at once.
/// </summary>
public enum Architecture { Full, CnnLstm, CnnAttention, Cnn, Perceptron }

/// <summary>How the sequence becomes one feature vector.</summary>
public enum Pooling
{
    /// <summary>All positions side by side.</summary>
    Flatten,

    /// <summary>The mean over the positions, beside the last position.</summary>
    MeanLast,
}

/// <summary>In which domain D* runs between its bounds.</summary>
public enum DStarDecoding { Linear, Log }

/// <summary>
/// Every choice that shapes our network; part of the protocol. Defaults and their reasons: docs/network.md.
/// </summary>
public sealed record NetworkRecipe : NetworkFamily
{
    public Architecture Architecture { get; init; } = Architecture.Full;

    public Pooling Pooling { get; init; } = Pooling.Flatten;

    public DStarDecoding DStarDecoding { get; init; } = DStarDecoding.Linear;

    /// <summary>
    /// Whitened principal-component scores in front of the signals; at most the number of b-values - 1.
    /// </summary>
    public int PrincipalComponents { get; init; } = 5;

    /// <summary>Whether a second input channel tells each position its b-value.</summary>
    public bool PositionChannel { get; init; } = true;

    public int FirstConvolution { get; init; } = 16;

    public int SecondConvolution { get; init; } = 16;

    /// <summary>Hidden units of the LSTM in each of its two directions.</summary>
    public int LstmUnits { get; init; } = 16;

    public int AttentionHeads { get; init; } = 4;

    /// <summary>Hidden units of each of the four output heads.</summary>
    public int HeadUnits { get; init; } = 16;

    /// <summary>Share of the features left out at random in a training step; 0 is off.</summary>
    public double Dropout { get; init; }

    /// <summary>Factor on the last layer's first weights, so that a training starts near the starting point.</summary>
    public double LastLayerScale { get; init; } = 0.3;

    public bool HasConvolutions => Architecture != Architecture.Perceptron;

    public bool HasLstm => Architecture is Architecture.Full or Architecture.CnnLstm;

    public bool HasAttention => Architecture is Architecture.Full or Architecture.CnnAttention;

    /// <summary>Features of each position behind the trunk.</summary>
    public int TrunkFeatures => HasLstm ? 2 * LstmUnits : SecondConvolution;

    /// <summary>
    /// Units of the perceptron's layers: so many that it has about as many weights as a network of these widths.
    /// </summary>
    public (int First, int Second) DenseUnits => (4 * FirstConvolution, 4 * SecondConvolution);

    /// <exception cref="RefusalException">NETWORK-RECIPE.</exception>
    public override void Check()
    {
        Require(FirstConvolution >= 1 && SecondConvolution >= 1 && LstmUnits >= 1 && HeadUnits >= 1
            && AttentionHeads >= 1,
            "a layer without units", "at least 1 unit in every layer");
        Require(!HasAttention || TrunkFeatures % AttentionHeads == 0,
            $"{TrunkFeatures} features for {AttentionHeads} attention heads", "a multiple of the number of heads");
        Require(PrincipalComponents >= 0, $"{PrincipalComponents} principal components", "0 or more");
        Require(Dropout is >= 0 and < 1, "dropout outside [0, 1)", "a share of at least 0 and less than 1");
        Require(LastLayerScale is >= 0 and <= 10, "a last-layer scale outside [0, 10]", "for example 0.3");
    }

    internal override InputConditioning Condition(ReadOnlySpan<float> signals, BValueList b) =>
        InputConditioning.Of(signals, b.Count, PrincipalComponents);

    internal override VoxelNetwork Build(ParameterBounds bounds, BValueList b, InputConditioning conditioning,
        Device device) => new IvimNet(this, bounds, b.SecondsPerMm2, conditioning.Components, device);
}

/// <summary>Where the output starts: usually the medians of a segmented fit. D and D* in mm²/s, S0 relative.</summary>
public readonly record struct StartingPoint(double D, double F, double DStar, double S0)
{
    /// <summary>
    /// For a data set of which nothing is known: abdominal tissue, in the middle of the default bounds.
    /// </summary>
    public static StartingPoint Default { get; } = new(1.2e-3, 0.2, 0.03, 1.0);
}
