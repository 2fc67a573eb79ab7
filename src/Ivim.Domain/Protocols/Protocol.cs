namespace Ivim.Domain.Protocols;

/// <summary>
/// Every choice that changes numbers. Its canonical JSON is its identity: see <see cref="ProtocolJson"/>.
/// </summary>
public sealed record Protocol
{
    public const string CurrentSchema = "ivim-protocol/1";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>One of <see cref="Methods"/>.</summary>
    public string Method { get; init; } = Methods.CnnBiLstmMham;

    /// <summary>Every random number of every stage derives from it.</summary>
    public ulong Seed { get; init; } = 1;

    public InputRules Input { get; init; } = new();

    public DenoisingRules Denoising { get; init; } = new();

    public SlabRules Slabs { get; init; } = new();

    public BoundsRules Bounds { get; init; } = new();

    public SegmentedRules Segmented { get; init; } = new();

    public NetworkRules Network { get; init; } = new();

    public TrainingRules Training { get; init; } = new();

    public EnsembleRules Ensemble { get; init; } = new();

    public BayesRules Bayes { get; init; } = new();

    public PublishedNetworkRules PublishedNetwork { get; init; } = new();

    public PolishRules Polish { get; init; } = new();

    public UncertaintyRules Uncertainty { get; init; } = new();

    /// <summary>Whether polished maps are made: of denoised signals only, which the check asks for.</summary>
    public bool Polishes => Polish.Method != PolishRules.None && Denoises;

    /// <summary>Whether the polish weighs a network's maps against MRF-MAP's; a fit's maps have no such bias.</summary>
    public bool WeighsStart => Polishes && Learns && Polish.Start == PolishRules.Weighed;

    public bool Denoises => Denoising.Method != DenoisingMethods.None;

    /// <summary>
    /// Whether the method trains networks; a classical fit has one member and nothing to train per study.
    /// </summary>
    public bool Learns => Method == Methods.CnnBiLstmMham || IsPublishedNetwork;

    /// <summary>Whether it is one of the networks that others have published.</summary>
    public bool IsPublishedNetwork => Method is Methods.IvimNetOrig or Methods.IvimNetOptim;

    /// <summary>Whether all voxels of the study are fitted together, because each is a prior for the others.</summary>
    public bool FitsStudy => Method is Methods.Bayes or Methods.BayesField or Methods.MarkovField;

    /// <summary>Whether the network learns what a magnitude with the voxel's noise is on average.</summary>
    public bool LearnsNoiseFloor =>
        Method == Methods.CnnBiLstmMham && Training.Loss == TrainingLosses.RicianMean;

    /// <summary>
    /// Whether sigma, which magnitudes show too small where there is little signal, is corrected for that.
    /// </summary>
    public bool CorrectsSigma => (LearnsNoiseFloor || Denoising.RicianCorrection == RicianCorrections.KoayBasser)
        && Denoising is { Method: DenoisingMethods.MarchenkoPasturPca } or { NoiseLevel: "marchenko-pastur" };

    /// <summary>Networks per slab; a fit is its own only member.</summary>
    public int MemberCount => Learns ? Ensemble.Members : 1;

    /// <summary>
    /// Whether something is first learnt from the whole study: a network per member from a sample, or the one fit of
    /// all voxels.
    /// </summary>
    public bool TrainsStudy => FitsStudy || IsPublishedNetwork || (Learns && Training.Scope != TrainingScopes.Slab);

    /// <summary>Whether members begin from weights that simulated signals of the b-value table gave.</summary>
    public bool TrainsStart => Method == Methods.CnnBiLstmMham && Training.StartSteps > 0;

    /// <summary>How members become one map: "orig" is published as the best of several runs.</summary>
    public string MergeRule => Method == Methods.IvimNetOrig ? MergeRules.LowestLoss : Ensemble.Merge;
}

/// <summary>The methods that `--method` knows.</summary>
public static class Methods
{
    public const string CnnBiLstmMham = "cnn-bilstm-mham";
    public const string LeastSquares = "nlls";
    public const string Segmented = "segmented";

    /// <summary>Barbieri et al. 2020.</summary>
    public const string IvimNetOrig = "ivimnet-orig";

    /// <summary>Kaandorp et al. 2021.</summary>
    public const string IvimNetOptim = "ivimnet-optim";

    /// <summary>Hierarchical shrinkage prior, Orton et al. 2014.</summary>
    public const string Bayes = "bayes";

    /// <summary>The same, then a Markov random field, Spinner et al. 2021.</summary>
    public const string BayesField = "bayes-mrf";

    /// <summary>The most probable maps under such a field: the fast variant.</summary>
    public const string MarkovField = "mrf-map";

    public static IReadOnlyList<string> All { get; } =
        [CnnBiLstmMham, LeastSquares, Segmented, IvimNetOrig, IvimNetOptim, Bayes, BayesField, MarkovField];
}

/// <summary>How members become one map.</summary>
public static class MergeRules
{
    public const string Median = "median";
    public const string Mean = "mean";
    public const string LowestLoss = "lowest-loss";

    public static IReadOnlyList<string> All { get; } = [Median, Mean, LowestLoss];
}

/// <summary>On which voxels a member is trained: DESIGN, "Training scope".</summary>
public static class TrainingScopes
{
    /// <summary>One network per slab and member, from its random start.</summary>
    public const string Slab = "slab";

    /// <summary>One network per member on a sample of the study; slabs are only inferred.</summary>
    public const string Study = "study";

    /// <summary>As `study`, then fine-tuned on every slab.</summary>
    public const string StudyThenSlab = "study+slab";

    public static IReadOnlyList<string> All { get; } = [Slab, Study, StudyThenSlab];
}
