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

    /// <summary>
    /// Whether the method trains networks; a classical fit has one member and nothing to train per study.
    /// </summary>
    public bool Learns => Method == Methods.CnnBiLstmMham;

    /// <summary>Networks per slab; a classical fit is its own only member.</summary>
    public int MemberCount => Learns ? Ensemble.Members : 1;

    /// <summary>Whether one network per member is first trained on a sample of the whole study.</summary>
    public bool TrainsStudy => Learns && Training.Scope != TrainingScopes.Slab;
}

/// <summary>The methods that `--method` knows.</summary>
public static class Methods
{
    public const string CnnBiLstmMham = "cnn-bilstm-mham";
    public const string LeastSquares = "nlls";
    public const string Segmented = "segmented";

    public static IReadOnlyList<string> All { get; } = [CnnBiLstmMham, LeastSquares, Segmented];
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
