using System.Collections.Immutable;
using System.Globalization;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>
/// The content key of every kind of item: exactly the protocol fields and inputs that its result depends on.
/// </summary>
public static class ItemRecipes
{
    /// <summary>
    /// Raised by hand whenever a stage's code makes other numbers or other files from the same input.
    /// </summary>
    public static string VersionOf(Stage stage) => stage switch
    {
        Stage.Prepare => "prepare/4",
        Stage.Start => "start/1",
        Stage.Train => "train/1",
        Stage.Merge => "merge/1",
        Stage.Polish => "polish/2",
        Stage.Assemble => "assemble/2",
        Stage.Publish => "publish/1",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "not a stage"),
    };

    /// <summary>The versions that this release runs.</summary>
    public static ImmutableArray<string> Versions { get; } = [.. Stages.InOrder.Select(VersionOf)];

    /// <remarks>The sample is drawn here, so that it depends on the voxels and not on the protocol's seed.</remarks>
    public static KeyRecipe Prepare(Protocol protocol, StudySource source, string numericClass)
    {
        var recipe = Begin(Stage.Prepare, numericClass)
            .With("source.image", source.Image).With("source.bvalues", source.BValues)
            .With("source.bvectors", source.BVectors).With("source.mask", source.Mask)
            .With("protocol.method", protocol.Method)
            .With(ProtocolFields.Of("protocol.input", protocol.Input))
            .With(DenoisingFields(protocol.Denoising))
            .With(ProtocolFields.Of("protocol.slabs", protocol.Slabs));
        if (protocol.Method == Methods.Segmented) // it refuses tables with too few b-values above the cutoff
            recipe = recipe.With(ProtocolFields.Of("protocol.segmented", protocol.Segmented));
        if (protocol.Polishes)
            recipe = recipe.With("protocol.polish.patchInPlane", Text(protocol.Polish.PatchInPlane))
                .With("protocol.polish.patchSlices", Text(protocol.Polish.PatchSlices))
                .With("protocol.polish.scores", Text(protocol.Polish.Scores));
        if (protocol.Denoises)
            recipe = recipe.With("protocol.uncertainty.probeShare",
                protocol.Uncertainty.ProbeShare.ToString("R", CultureInfo.InvariantCulture));
        if (protocol.LearnsNoiseFloor) recipe = recipe.With("protocol.training.loss", protocol.Training.Loss);
        if (protocol.TrainsStart) recipe = recipe.With("b-values", "apart");
        if (protocol.FitsStudy) return recipe.With("sample", "all voxels");
        return protocol.TrainsStudy
            ? recipe.With("protocol.training.sampleVoxels", Text(protocol.Training.SampleVoxels))
            : recipe;
    }

    /// <summary>Weights before a member sees a study, of which nothing but the b-value table is in the key.</summary>
    /// <remarks>How it is trained and on what is `StartRecipe`, for which the stage's version stands.</remarks>
    public static KeyRecipe Start(Protocol protocol, int member, WorkInput bValues, string numericClass) =>
        Begin(Stage.Start, numericClass).With(NetworkFields(protocol))
            .With("protocol.training.startSteps", Text(protocol.Training.StartSteps))
            .With("seed", Text(protocol.Seed)).With("member", Text(member))
            .With(bValues.Artifact, "input." + bValues.Name);

    /// <summary>What is learnt from the whole study: a member's weights, or the fit of all voxels together.</summary>
    public static KeyRecipe Weights(Protocol protocol, int member, ImmutableArray<WorkInput> inputs,
        string numericClass)
    {
        var recipe = Begin(Stage.Train, numericClass).With("part", "weights");
        recipe = protocol.Method == Methods.CnnBiLstmMham
            ? recipe.With(NetworkFields(protocol)).With(TrainingFields(protocol, protocol.Training.Steps))
            : recipe.With("protocol.method", protocol.Method).With(MethodFields(protocol));
        if (protocol.Method != Methods.MarkovField) recipe = recipe.With("seed", Text(protocol.Seed));
        return inputs.Aggregate(recipe.With("member", Text(member)),
            (next, input) => next.With(input.Artifact, "input." + input.Name));
    }

    public static KeyRecipe Maps(Protocol protocol, int slab, int member, ImmutableArray<WorkInput> inputs,
        string numericClass)
    {
        var recipe = Begin(Stage.Train, numericClass).With("part", "maps").With("protocol.method", protocol.Method);
        if (!protocol.FitsStudy) // whose maps are cut out of the one fit
            recipe = recipe.With(protocol.Learns ? NetworkFields(protocol)
                : ProtocolFields.Of("protocol.bounds", protocol.Bounds)
                    .Concat(ProtocolFields.Of("protocol.segmented", protocol.Segmented)));
        int steps = SlabSteps(protocol);
        if (steps > 0)
        {
            recipe = recipe.With(TrainingFields(protocol, steps))
                .With("seed", Text(protocol.Seed)).With("slab", Text(slab)).With("member", Text(member));
        }
        return inputs.Aggregate(recipe, (next, input) => next.With(input.Artifact, "input." + input.Name));
    }

    /// <remarks>Which members count as dead depends on the bounds, and on how the members were trained.</remarks>
    public static KeyRecipe Merge(Protocol protocol, ImmutableArray<WorkInput> members, string numericClass) =>
        members.Aggregate(
            Begin(Stage.Merge, numericClass)
                .With("protocol.method", protocol.Method)
                .With("members-of", protocol.TrainsStudy ? "study" : "slab")
                .With(ProtocolFields.Of("protocol.bounds", protocol.Bounds))
                .With("protocol.ensemble.merge", protocol.MergeRule)
                .With("protocol.ensemble.outlierLossFactor",
                    protocol.Ensemble.OutlierLossFactor.ToString("R", CultureInfo.InvariantCulture)),
            (recipe, member) => recipe.With(member.Artifact, "input." + member.Name));

    /// <remarks>Only a network's maps are weighed against MRF-MAP's: only their key holds how that is made.</remarks>
    public static KeyRecipe Polish(Protocol protocol, ImmutableArray<WorkInput> inputs, string numericClass)
    {
        var recipe = Begin(Stage.Polish, numericClass)
            .With(ProtocolFields.Of("protocol.bounds", protocol.Bounds))
            .With(ProtocolFields.Of("protocol.polish", protocol.Polish)
                .Where(field => !IsOfThePreparation(field.Key) && field.Key != "protocol.polish.start"));
        if (protocol.WeighsStart)
            recipe = recipe.With("protocol.polish.start", protocol.Polish.Start)
                .With("protocol.bayes.mapTau", protocol.Bayes.MapTau.ToString("R", CultureInfo.InvariantCulture));
        return inputs.Aggregate(recipe, (whole, input) => whole.With(input.Artifact, "input." + input.Name));
    }

    /// <remarks>The side-cars name the whole protocol, so all of it is in the key.</remarks>
    public static KeyRecipe Assemble(ArtifactRef protocol, ImmutableArray<WorkInput> inputs, string numericClass) =>
        inputs.Aggregate(
            Begin(Stage.Assemble, numericClass).With(protocol, "protocol"),
            (recipe, input) => recipe.With(input.Artifact, "input." + input.Name)
                .With("made-by." + input.Name, input.ProducedBy.Hex));

    /// <remarks>Publishing has an effect outside the store, so every round is an item of its own.</remarks>
    public static KeyRecipe Publish(ImmutableArray<WorkInput> files, int round, string numericClass) =>
        files.Aggregate(Begin(Stage.Publish, numericClass).With("round", Text(round)),
            (recipe, file) => recipe.With(file.Artifact, "input." + file.Name));

    /// <summary>Training steps that an item spends on its slab; 0 means that it only applies weights or fits.</summary>
    public static int SlabSteps(Protocol protocol) => (protocol.Learns, protocol.Training.Scope) switch
    {
        _ when protocol.Method != Methods.CnnBiLstmMham => 0,
        (true, TrainingScopes.Slab) => protocol.Training.Steps,
        (true, TrainingScopes.StudyThenSlab) => protocol.Training.SlabSteps,
        _ => 0,
    };

    private static KeyRecipe Begin(Stage stage, string numericClass) =>
        new KeyRecipe().With("stage", VersionOf(stage)).With("numericClass", numericClass);

    /// <summary>These shape the signals that a polish reads.</summary>
    private static bool IsOfThePreparation(string field) =>
        field is "protocol.polish.patchInPlane" or "protocol.polish.patchSlices" or "protocol.polish.scores";

    /// <summary>Without denoising its settings change nothing, and so they are in no key.</summary>
    private static IEnumerable<KeyValuePair<string, string>> DenoisingFields(DenoisingRules denoising) =>
        denoising.Method == DenoisingMethods.None
            ? [new("protocol.denoising.method", denoising.Method)]
            : ProtocolFields.Of("protocol.denoising", denoising);

    /// <summary>The published networks have no fields of their own: the method says it all.</summary>
    private static IEnumerable<KeyValuePair<string, string>> NetworkFields(Protocol protocol) =>
        ProtocolFields.Of("protocol.bounds", protocol.Bounds).Concat(protocol.IsPublishedNetwork
            ? [] : ProtocolFields.Of("protocol.network", protocol.Network));

    private static IEnumerable<KeyValuePair<string, string>> MethodFields(Protocol protocol)
    {
        var bounds = ProtocolFields.Of("protocol.bounds", protocol.Bounds);
        if (protocol.IsPublishedNetwork)
            return bounds.Concat(ProtocolFields.Of("protocol.publishedNetwork", protocol.PublishedNetwork));
        bool IsOurs(string field) => protocol.Method switch
        {
            Methods.MarkovField => field == "mapTau",
            Methods.Bayes => field != "mapTau" && !field.StartsWith("field", StringComparison.Ordinal),
            _ => field != "mapTau",
        };
        return bounds.Append(new("protocol.segmented.cutoff", Text(protocol.Segmented.CutoffSecondsPerMm2)))
            .Concat(ProtocolFields.Of("protocol.bayes", protocol.Bayes)
                .Where(field => IsOurs(field.Key["protocol.bayes.".Length..])));
    }

    /// <summary>The steps are given apart: each link of the chain has its own number.</summary>
    private static IEnumerable<KeyValuePair<string, string>> TrainingFields(Protocol protocol, int steps)
    {
        string[] notOurs = ["scope", "startSteps", "steps", "slabSteps", "sampleVoxels"];
        return ProtocolFields.Of("protocol.training", protocol.Training)
            .Where(field => !notOurs.Contains(field.Key["protocol.training.".Length..]))
            .Append(new("steps", Text(steps)))
            .Append(new("protocol.segmented.cutoff",
                protocol.Segmented.CutoffSecondsPerMm2.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
