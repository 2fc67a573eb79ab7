using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Tests.Protocols;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>Which keys a protocol field is in: no more, or work is done twice; no less, or maps are wrong.</summary>
public sealed class ItemRecipesTests
{
    private static readonly ImmutableArray<WorkInput> Inputs =
        [new("input", new ArtifactRef("a1", 1), new ContentKey("k1"))];
    private static readonly StudySource Source = new("image", "bval", "bvec", "mask");

    /// <summary>
    /// Field, another value of it, and the keys that change with it with scope `study`, `slab`, `study+slab`, then with
    /// `nlls` and `segmented`: Prepare, Weights, Maps, merGe. A field that is added to the protocol must be added here.
    /// </summary>
    private static readonly (string Field, string Value, string Keys)[] Table =
    [
        ("seed", "2", "W|M|WM||"),
        ("input.bMaxSecondsPerMm2", "800", "P|P|P|P|P"),
        ("input.averaging", "\"geometric\"", "P|P|P|P|P"),
        .. Each("P|P|P|P|P", ("denoising.method", "\"none\""), ("denoising.patchInPlane", "7"),
            ("denoising.patchSlices", "3"), ("denoising.grid", "\"stored\""),
            ("denoising.noiseLevel", "\"background\""), ("denoising.givenSigma", "4"),
            ("denoising.tauFactor", "2"), ("denoising.ricianCorrection", "\"first-moment\"")),
        ("slabs.slices", "5", "P|P|P|P|P"),
        ("slabs.halo", "2", "P|P|P|P|P"),
        .. Each("WMG|MG|WMG|MG|MG", ("bounds.d.lower", "0.0001"), ("bounds.d.upper", "0.004"),
            ("bounds.f.lower", "0.01"), ("bounds.f.upper", "0.6"), ("bounds.dStar.lower", "0.006"),
            ("bounds.dStar.upper", "0.3"),
            ("bounds.s0.lower", "0.6"), ("bounds.s0.upper", "1.4")),
        ("segmented.cutoffSecondsPerMm2", "150", "W|M|WM|M|PM"),
        .. Each("WM|M|WM||", ("network.architecture", "\"cnn\""), ("network.principalScores", "4"),
            ("network.positionChannel", "false"), ("network.convolution1", "8"), ("network.convolution2", "8"),
            ("network.lstmHidden", "8"), ("network.attentionHeads", "2"), ("network.headHidden", "32"),
            ("network.pooling", "\"flatten\""), ("network.dropout", "0.1"), ("network.lastLayerScale", "0.2"),
            ("network.dStarScale", "\"log\"")),
        ("training.loss", "\"rician-mean\"", "PW|PM|PWM||"),
        ("training.startSteps", "200", "P|P|P||"), // the other keys change with their input
        ("training.steps", "3000", "W|M|W||"),
        ("training.slabSteps", "100", "||M||"),
        ("training.sampleVoxels", "1000", "P||P||"),
        .. Each("W|M|WM||", ("training.batchVoxels", "128"), ("training.learningRate", "0.01"),
            ("training.finalLearningRate", "0.0001"), ("training.gradientClip", "2"),
            ("training.evaluateEverySteps", "10"), ("training.probeVoxels", "512"), ("training.keep", "\"best\""),
            ("training.stopping.minimumSteps", "200"),
            ("training.stopping.underfitLossFactor", "null"), ("training.stopping.noiseFactor", "1.1"),
            ("training.stopping.relativeChange", "0.02"),
            ("training.stopping.relativeChangeWindow", "5"), ("training.stopping.relativeChangeChecks", "2")),
        ("ensemble.members", "9", "||||"),
        ("ensemble.merge", "\"mean\"", "G|G|G|G|G"),
        ("ensemble.outlierLossFactor", "1.3", "G|G|G|G|G"),
        .. Each("||||", ("bayes.chains", "3"), ("bayes.burnIn", "300"), ("bayes.samples", "300"),
            ("bayes.fieldBurnIn", "300"), ("bayes.fieldSamples", "300"), ("bayes.fieldWeighting", "\"relative\""),
            ("bayes.fieldTau", "1"), ("bayes.mapTau", "2"), ("publishedNetwork.mostSteps", "1000")),
        ("polish.method", "\"guided\"", "P|P|P|P|P"),
        .. Each("||||", ("polish.start", "\"maps\""), ("polish.patchInPlane", "5"),
            ("polish.patchSlices", "5"), ("polish.scores", "4"),
            ("polish.sweeps", "10"), ("polish.effectiveNoise", "0.3"),
            ("polish.misfitFactor", "0"), ("polish.strengthD", "10"),
            ("polish.strengthF", "3"), ("polish.strengthDStar", "1"), ("polish.edgeWidth", "0.1"),
            ("polish.guideWidth", "2"), ("polish.priorWeight", "0.2")),
        ("uncertainty.probeShare", "0.2", "P|P|P|P|P"),
        .. Each("||||", ("uncertainty.windowInPlane", "5"), ("uncertainty.windowSlices", "3"),
            ("uncertainty.polishedShare", "0.7"), ("uncertainty.reliableAboveF", "0.05"),
            ("uncertainty.reliableShareOfIgnorance", "0.4")),
    ];

    private static readonly Protocol[] Columns =
    [
        Given.ProtocolWith(TrainingScopes.Study), Given.ProtocolWith(TrainingScopes.Slab),
        Given.ProtocolWith(TrainingScopes.StudyThenSlab),
        Classical(Methods.LeastSquares), Classical(Methods.Segmented),
    ];

    private static Protocol Classical(string method) =>
        new() { Method = method, Polish = new() { Method = PolishRules.None } };

    public static IEnumerable<object[]> Fields => Table.Select(row => new object[] { row.Field, row.Value, row.Keys });

    [Fact]
    public void Every_field_of_the_protocol_is_classified() =>
        Assert.Equal(ProtocolDocument.Leaves.Select(leaf => leaf.Key).Except(["schema", "method", "training.scope"]),
            Table.Select(row => row.Field));

    [Theory, MemberData(nameof(Fields))]
    public void A_field_is_in_exactly_the_keys_of_what_it_changes(string field, string value, string keys)
    {
        var changed = Columns.Select(column => Changed(column, ProtocolDocument.With(column, field, value)));

        Assert.Equal(keys, string.Join('|', changed));
    }

    /// <summary>A start serves every study with its b-value table; the rest of a protocol leaves it alone.</summary>
    [Fact]
    public void The_key_of_a_start_holds_the_network_the_bounds_the_seed_and_its_own_steps()
    {
        var protocol = Given.ProtocolWithStart(TrainingScopes.Slab);
        var known = ItemRecipes.Start(protocol, 0, Inputs[0], "cpu").ToKey();
        Assert.Equal(
            Table.Select(row => row.Field).Where(field => field is "seed" or "training.startSteps"
                || field.StartsWith("bounds.", StringComparison.Ordinal)
                || field.StartsWith("network.", StringComparison.Ordinal)),
            Table.Where(row => ItemRecipes.Start(ProtocolDocument.With(protocol, row.Field, row.Value), 0, Inputs[0],
                "cpu").ToKey() != known).Select(row => row.Field));
        Assert.NotEqual(known, ItemRecipes.Start(protocol, 1, Inputs[0], "cpu").ToKey());
        Assert.NotEqual(known, ItemRecipes.Start(protocol, 0, Inputs[0], "cuda").ToKey());
    }

    /// <summary>A fit's maps are not weighed against MRF-MAP's.</summary>
    [Fact]
    public void The_key_of_a_polish_names_the_start_of_a_networks_maps_alone()
    {
        var network = new Protocol();
        var fit = new Protocol { Method = Methods.LeastSquares };
        foreach (string field in (string[])["polish.start", "bayes.mapTau"])
        {
            string value = field == "polish.start" ? "\"maps\"" : "2";
            Assert.NotEqual(PolishKey(network), PolishKey(ProtocolDocument.With(network, field, value)));
            Assert.Equal(PolishKey(fit), PolishKey(ProtocolDocument.With(fit, field, value)));
        }
    }

    private static ContentKey PolishKey(Protocol protocol) => ItemRecipes.Polish(protocol, Inputs, "cpu").ToKey();

    /// <summary>The published baselines depend on their own settings and on none of our network's.</summary>
    [Theory]
    [InlineData(Methods.IvimNetOptim, "publishedNetwork.mostSteps", "1000", "W")]
    [InlineData(Methods.IvimNetOptim, "seed", "2", "W")]
    [InlineData(Methods.IvimNetOptim, "network.architecture", "\"cnn\"", "")]
    [InlineData(Methods.IvimNetOptim, "training.steps", "3000", "")]
    [InlineData(Methods.IvimNetOptim, "training.sampleVoxels", "1000", "P")]
    [InlineData(Methods.IvimNetOptim, "bounds.d.upper", "0.004", "WMG")]
    [InlineData(Methods.IvimNetOrig, "ensemble.merge", "\"mean\"", "")]
    [InlineData(Methods.Bayes, "bayes.chains", "3", "W")]
    [InlineData(Methods.Bayes, "bayes.fieldTau", "1", "")]
    [InlineData(Methods.Bayes, "seed", "2", "W")]
    [InlineData(Methods.Bayes, "training.sampleVoxels", "1000", "")]
    [InlineData(Methods.BayesField, "bayes.fieldTau", "1", "W")]
    [InlineData(Methods.BayesField, "bayes.mapTau", "2", "")]
    [InlineData(Methods.BayesField, "bounds.d.upper", "0.004", "WG")]
    [InlineData(Methods.MarkovField, "bayes.mapTau", "2", "W")]
    [InlineData(Methods.MarkovField, "bayes.chains", "3", "")]
    [InlineData(Methods.MarkovField, "seed", "2", "")]
    [InlineData(Methods.MarkovField, "segmented.cutoffSecondsPerMm2", "150", "W")]
    public void A_baseline_s_keys_hold_its_own_fields(string method, string field, string value, string keys)
    {
        var protocol = new Protocol { Method = method };
        Assert.Equal(keys, Changed(protocol, ProtocolDocument.With(protocol, field, value)));
    }

    [Theory]
    [InlineData(Methods.Bayes, Methods.BayesField, "PWMG")]
    [InlineData(Methods.IvimNetOrig, Methods.IvimNetOptim, "PWMG")]
    [InlineData(Methods.LeastSquares, Methods.Segmented, "PMG")]
    [InlineData(Methods.CnnBiLstmMham, Methods.LeastSquares, "PMG")]
    public void Another_method_is_another_study_from_the_preparation_on(string one, string other, string keys) =>
        Assert.Equal(keys, Changed(new() { Method = one }, new() { Method = other }));

    [Theory]
    [InlineData(TrainingScopes.Study, TrainingScopes.StudyThenSlab, "M")]
    [InlineData(TrainingScopes.Study, TrainingScopes.Slab, "PMG")]
    public void Another_scope_keeps_the_networks_that_both_train(string one, string other, string keys) =>
        Assert.Equal(keys, Changed(Given.ProtocolWith(one), Given.ProtocolWith(other)));

    [Fact]
    public void Fine_tuning_of_no_steps_is_the_scope_study()
    {
        var study = Given.ProtocolWith(TrainingScopes.Study);

        Assert.Equal("", Changed(study, study with
        {
            Training = study.Training with { Scope = TrainingScopes.StudyThenSlab, SlabSteps = 0 },
        }));
    }

    [Fact]
    public void The_numeric_class_is_in_every_key()
    {
        foreach (var protocol in Columns)
            Assert.DoesNotContain(Keys(protocol, "cpu"), entry => Keys(protocol, "cuda").Contains(entry));
    }

    [Fact]
    public void Every_source_file_is_in_the_key_of_the_preparation()
    {
        StudySource[] others =
        [
            Source with { Image = "x" }, Source with { BValues = "x" }, Source with { BVectors = "x" },
            Source with { Mask = "x" },
        ];

        Assert.Equal(5, others.Append(Source)
            .Select(source => ItemRecipes.Prepare(new Protocol(), source, "cpu").ToKey()).Distinct().Count());
    }

    [Fact]
    public void Two_lists_of_fields_that_read_alike_have_different_keys()
    {
        Assert.NotEqual(new KeyRecipe().With("ab", "c").ToKey(), new KeyRecipe().With("a", "bc").ToKey());
        Assert.NotEqual(new KeyRecipe().With("a", "").ToKey(), new KeyRecipe().ToKey());
    }

    private static (string, string, string)[] Each(string keys, params (string Field, string Value)[] fields) =>
        [.. fields.Select(field => (field.Field, field.Value, keys))];

    private static string Changed(Protocol one, Protocol other)
    {
        var after = Keys(other, "cpu").ToDictionary(entry => entry.Item, entry => entry.Key);
        return string.Concat(Keys(one, "cpu")
            .Where(entry => after.TryGetValue(entry.Item, out var key) && key != entry.Key)
            .Select(entry => entry.Item));
    }

    /// <summary>The keys of every kind of item, all made from the same inputs.</summary>
    private static List<(char Item, ContentKey Key)> Keys(Protocol protocol, string numericClass)
    {
        List<(char, KeyRecipe)> recipes =
        [
            ('P', ItemRecipes.Prepare(protocol, Source, numericClass)),
            ('M', ItemRecipes.Maps(protocol, 1, 0, Inputs, numericClass)),
            ('G', ItemRecipes.Merge(protocol, Inputs, numericClass)),
        ];
        if (protocol.TrainsStudy) recipes.Insert(1, ('W', ItemRecipes.Weights(protocol, 0, Inputs, numericClass)));
        return [.. recipes.Select(entry => (entry.Item1, entry.Item2.ToKey()))];
    }
}
