namespace Ivim.Domain.Protocols;

/// <summary>Widths and pieces of the network: docs/network.md.</summary>
public sealed record NetworkRules
{
    /// <summary>`full`, `cnn-lstm`, `cnn-attention`, `cnn` or `mlp`.</summary>
    public string Architecture { get; init; } = "full";

    public int PrincipalScores { get; init; } = 5;

    /// <summary>Whether a second input channel tells each position its b-value.</summary>
    public bool PositionChannel { get; init; } = true;

    public int Convolution1 { get; init; } = 16;

    public int Convolution2 { get; init; } = 16;

    /// <summary>Hidden units of the LSTM in each direction.</summary>
    public int LstmHidden { get; init; } = 16;

    public int AttentionHeads { get; init; } = 4;

    public int HeadHidden { get; init; } = 16;

    /// <summary>`flatten` or `mean-last`.</summary>
    public string Pooling { get; init; } = "mean-last";

    public double Dropout { get; init; }

    /// <summary>
    /// Factor on the last layer's first weights, so that a training starts near the segmented fit's medians.
    /// </summary>
    public double LastLayerScale { get; init; } = 0.3;

    /// <summary>`linear` or `log`: the scale on which the network's output spans the bounds of D*.</summary>
    public string DStarScale { get; init; } = "linear";
}

/// <summary>Loss, optimiser, schedule and stopping of one member.</summary>
public sealed record TrainingRules
{
    /// <summary>One of <see cref="TrainingScopes"/>.</summary>
    public string Scope { get; init; } = TrainingScopes.Study;

    /// <summary>One of <see cref="TrainingLosses"/>.</summary>
    public string Loss { get; init; } = TrainingLosses.Squares;

    /// <summary>
    /// Steps on simulated signals of the study's b-value table, once for every study with it; 0 for none.
    /// </summary>
    public int StartSteps { get; init; }

    /// <summary>Steps on the sample of the study, or on the slab where the scope is `slab`.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Fine-tuning steps on each slab where the scope is `study+slab`.</summary>
    public int SlabSteps { get; init; } = 50;

    /// <summary>At most so many voxels of the study are its training sample.</summary>
    public int SampleVoxels { get; init; } = 50_000;

    public int BatchVoxels { get; init; } = 256;

    public double LearningRate { get; init; } = 2e-3;

    public double FinalLearningRate { get; init; } = 2e-5;

    public double GradientClip { get; init; } = 1;

    public int EvaluateEverySteps { get; init; } = 25;

    /// <summary>Voxels, evenly spaced over the training voxels, that the loss is watched on.</summary>
    public int ProbeVoxels { get; init; } = 1024;

    /// <summary>`last` or `best`: which weights of a training are kept.</summary>
    public string Keep { get; init; } = "last";

    public StoppingRules Stopping { get; init; } = new();
}

/// <summary>How a prediction is compared with a voxel's signals.</summary>
public static class TrainingLosses
{
    /// <summary>Squared differences.</summary>
    public const string Squares = "squares";

    /// <summary>
    /// Squared differences from what a magnitude of the prediction and the voxel's noise is on average.
    /// </summary>
    public const string RicianMean = "rician-mean";

    public static IReadOnlyList<string> All { get; } = [Squares, RicianMean];
}

/// <summary>When a training ends before its last step. Every rule can be switched off.</summary>
public sealed record StoppingRules
{
    /// <summary>No rule stops a training before this step.</summary>
    public int MinimumSteps { get; init; } = 50;

    /// <summary>
    /// No rule stops while the loss exceeds this many times the least-squares residual; null switches the guard off.
    /// </summary>
    public double? UnderfitLossFactor { get; init; } = 1.5;

    /// <summary>
    /// Stop when the loss falls below this many times what the noise leaves of a least-squares fit; null switches the
    /// rule off.
    /// </summary>
    public double? NoiseFactor { get; init; } = 1.2;

    /// <summary>
    /// Stop when the relative change of the smoothed loss stays below this; null switches the rule off.
    /// </summary>
    public double? RelativeChange { get; init; }

    /// <summary>Evaluations that the loss is smoothed over.</summary>
    public int RelativeChangeWindow { get; init; } = 4;

    /// <summary>Checks in a row that the relative change must hold.</summary>
    public int RelativeChangeChecks { get; init; } = 3;
}
