using Ivim.Domain.Protocols;
using Ivim.Imaging.Volumes;
using Ivim.Learning;
using Ivim.Learning.Published;
using Ivim.Physics;
using Ivim.Physics.Bayes;
using Ivim.Physics.Fits;
using Ivim.Physics.Spatial;

namespace Ivim.Actors.Stages;

/// <summary>What a protocol means to the rooms that do the work; they do not know protocols.</summary>
public static class ProtocolRecipes
{
    public static ParameterBounds Bounds(Protocol protocol) => new()
    {
        D = Of(protocol.Bounds.D), F = Of(protocol.Bounds.F),
        DStar = Of(protocol.Bounds.DStar), S0 = Of(protocol.Bounds.S0),
    };

    public static FitOptions Fit(Protocol protocol, CancellationToken cancellation) => new()
    {
        CutoffSecondsPerMm2 = protocol.Segmented.CutoffSecondsPerMm2, Cancellation = cancellation,
    };

    public static SeriesOptions Series(Protocol protocol) => new()
    {
        BMaxSecondsPerMm2 = protocol.Input.BMaxSecondsPerMm2,
        Averaging = protocol.Input.Averaging switch
        {
            "auto" => AveragingRule.Auto,
            "arithmetic" => AveragingRule.Arithmetic,
            "geometric" => AveragingRule.Geometric,
            var other => throw Unknown(other),
        },
    };

    public static NetworkFamily Network(Protocol protocol) => protocol.Method switch
    {
        Methods.IvimNetOrig => new IvimNetOrigRecipe(),
        Methods.IvimNetOptim => new IvimNetOptimRecipe(),
        _ => Network(protocol.Network),
    };

    public static BayesOptions Bayes(Protocol protocol) => new()
    {
        Chains = protocol.Bayes.Chains,
        Shrinkage = new ChainLength(protocol.Bayes.BurnIn, protocol.Bayes.Samples),
        Bounds = Bounds(protocol),
        Field = protocol.Method == Methods.BayesField ? Field(protocol.Bayes) : null,
    };

    public static PolishOptions Polish(Protocol protocol, SpatialBounds ranges, Action<double> progress,
        CancellationToken cancellation) => new()
    {
        SweepsPerPass = protocol.Polish.Sweeps,
        EffectiveNoise = protocol.Polish.EffectiveNoise,
        MisfitFactor = protocol.Polish.MisfitFactor,
        Strength = new PairStrength(
            protocol.Polish.StrengthD, protocol.Polish.StrengthF, protocol.Polish.StrengthDStar),
        EdgeWidth = protocol.Polish.EdgeWidth,
        GuideWidth = protocol.Polish.GuideWidth,
        PriorWeight = protocol.Polish.PriorWeight,
        Bounds = ranges,
        Progress = progress,
        Cancellation = cancellation,
    };

    /// <param name="steps">Of this link of the chain of warm starts; a published network has its own.</param>
    public static TrainingRecipe Training(Protocol protocol, int steps) => protocol.Method switch
    {
        Methods.IvimNetOrig => IvimNetOrigRecipe.Training(protocol.PublishedNetwork.MostSteps),
        Methods.IvimNetOptim => IvimNetOptimRecipe.Training(protocol.PublishedNetwork.MostSteps),
        _ => Training(protocol.Training, steps),
    };

    private static NetworkRecipe Network(NetworkRules rules) => new()
    {
        Architecture = rules.Architecture switch
        {
            "full" => Architecture.Full,
            "cnn-lstm" => Architecture.CnnLstm,
            "cnn-attention" => Architecture.CnnAttention,
            "cnn" => Architecture.Cnn,
            "mlp" => Architecture.Perceptron,
            var other => throw Unknown(other),
        },
        Pooling = rules.Pooling switch
        {
            "flatten" => Pooling.Flatten,
            "mean-last" => Pooling.MeanLast,
            var other => throw Unknown(other),
        },
        DStarDecoding = rules.DStarScale switch
        {
            "linear" => DStarDecoding.Linear,
            "log" => DStarDecoding.Log,
            var other => throw Unknown(other),
        },
        PrincipalComponents = rules.PrincipalScores,
        PositionChannel = rules.PositionChannel,
        FirstConvolution = rules.Convolution1,
        SecondConvolution = rules.Convolution2,
        LstmUnits = rules.LstmHidden,
        AttentionHeads = rules.AttentionHeads,
        HeadUnits = rules.HeadHidden,
        Dropout = rules.Dropout,
        LastLayerScale = rules.LastLayerScale,
    };

    private static TrainingRecipe Training(TrainingRules rules, int steps) => new()
    {
        Steps = steps,
        BatchVoxels = rules.BatchVoxels,
        LearningRate = rules.LearningRate,
        FinalLearningRate = rules.FinalLearningRate,
        GradientNorm = rules.GradientClip,
        EvaluateEvery = rules.EvaluateEverySteps,
        ProbeVoxels = rules.ProbeVoxels,
        ChosenWeights = rules.Keep switch
        {
            "last" => ChosenWeights.Last,
            "best" => ChosenWeights.BestProbeLoss,
            var other => throw Unknown(other),
        },
        Stopping = new StoppingRecipe
        {
            LeastSteps = rules.Stopping.MinimumSteps,
            ReferenceFactor = rules.Stopping.UnderfitLossFactor ?? 0,
            NoiseFactor = rules.Stopping.NoiseFactor ?? 0,
            RelativeChange = rules.Stopping.RelativeChange ?? 0,
            Window = rules.Stopping.RelativeChangeWindow,
            Patience = rules.Stopping.RelativeChangeChecks,
        },
    };

    public static EnsembleRecipe Ensemble(Protocol protocol) => new()
    {
        Merge = protocol.MergeRule switch
        {
            MergeRules.Median => MergeRule.Median,
            MergeRules.Mean => MergeRule.Mean,
            MergeRules.LowestLoss => MergeRule.LowestLoss,
            var other => throw Unknown(other),
        },
        LargestLossRatio = protocol.Ensemble.OutlierLossFactor,
        // A member that serves the whole study is judged by its one loss; judged slab by slab it would leave
        // steps at the borders.
        DropDead = protocol.Learns && !protocol.TrainsStudy,
    };

    private static MarkovFieldOptions Field(BayesRules rules) => new()
    {
        Weighting = rules.FieldWeighting == "relative" ? FieldWeighting.Relative : FieldWeighting.Absolute,
        Tau = rules.FieldTau,
        Length = new ChainLength(rules.FieldBurnIn, rules.FieldSamples),
    };

    private static Bounds Of(Interval interval) => new(interval.Lower, interval.Upper);

    private static InvalidOperationException Unknown(string value) => new($"the protocol check let `{value}` through");
}
