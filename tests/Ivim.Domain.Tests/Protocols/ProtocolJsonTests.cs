using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Domain.Tests.Protocols;

public sealed class ProtocolJsonTests
{
    private const string Schema = "\"schema\":\"ivim-protocol/1\"";

    private static readonly Gen<Protocol> AnyProtocol = Gen.Select(
        Gen.ULong, Gen.Int[1, 1000], Gen.Double[1e-9, 1], Gen.Double[1, 1000].Nullable(), Gen.Int[0, 2],
        (seed, members, rate, factor, scope) => new Protocol
        {
            Seed = seed,
            Ensemble = new() { Members = members },
            Training = new()
            {
                LearningRate = rate, FinalLearningRate = rate / 3, Scope = TrainingScopes.All[scope],
                Stopping = new() { UnderfitLossFactor = factor },
            },
        });

    [Fact]
    public void A_protocol_comes_back_as_it_was_written() =>
        AnyProtocol.Sample(protocol => ProtocolJson.Read(ProtocolJson.Write(protocol)) == protocol, threads: 1);

    [Fact]
    public void The_canonical_document_is_a_fixed_point_without_white_space()
    {
        var canonical = ProtocolJson.Write(new Protocol());

        Assert.Equal(canonical, ProtocolJson.Write(ProtocolJson.Read(canonical)));
        Assert.DoesNotContain(canonical, char.IsWhiteSpace);
    }

    [Fact]
    public void White_space_and_the_order_of_fields_do_not_change_the_id()
    {
        var protocol = new Protocol { Seed = 7, Slabs = new() { Slices = 3 } };
        var indented = new JsonSerializerOptions { WriteIndented = true };
        var shuffled = Reversed(ProtocolDocument.Tree(protocol)).ToJsonString(indented);

        Assert.Equal(Id(protocol), Id(ProtocolJson.Read(shuffled)));
        Assert.Equal(Id(protocol), Id(ProtocolJson.Read(ProtocolJson.WriteReadable(protocol))));
        Assert.Equal(Id(protocol), Id(ProtocolJson.Read($"{{{Schema},\"slabs\":{{\"slices\":3}},\"seed\":7}}")));
    }

    [Fact]
    public void Another_value_is_another_id() => Assert.NotEqual(Id(new Protocol()), Id(new Protocol { Seed = 2 }));

    [Fact]
    public void What_a_document_does_not_name_keeps_its_default()
    {
        var protocol = ProtocolJson.Read(
            $"{{{Schema},\"training\":{{\"steps\":10,\"stopping\":{{\"minimumSteps\":1}}}}}}");

        Assert.Equal(new Protocol
        {
            Training = new() { Steps = 10, Stopping = new() { MinimumSteps = 1 } },
        }, protocol);
    }

    [Theory]
    [InlineData("\"stepz\":1")]
    [InlineData("\"training\":{\"stepz\":1}")]
    [InlineData("\"learns\":true")]
    [InlineData("\"memberCount\":3")]
    [InlineData("\"Seed\":3")]
    [InlineData("\"seed\":1,\"seed\":2")]
    [InlineData("\"seed\":-1")]
    [InlineData("\"seed\":\"1\"")]
    [InlineData("\"network\":null")]
    [InlineData("\"method\":null")]
    [InlineData("\"bounds\":{\"d\":{\"lower\":0}}")]
    [InlineData("\"slabs\":{\"slices\":4.5}")]
    [InlineData("\"ensemble\":{\"outlierLossFactor\":NaN}")]
    [InlineData("// comment\n\"seed\":1")]
    public void What_is_not_a_field_of_the_schema_is_refused(string fields) =>
        Assert.Equal("PROTOCOL-JSON", Refusal($"{{{Schema},{fields}}}").Code);

    [Theory]
    [InlineData("\"seed\":1")]
    [InlineData("\"schema\":\"ivim-protocol/2\"")]
    [InlineData("\"schema\":1")]
    public void A_document_without_the_schema_of_this_release_is_refused(string fields) =>
        Assert.Equal("PROTOCOL-SCHEMA", Refusal($"{{{fields}}}").Code);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public void What_is_no_document_is_refused_with_a_code(string text) =>
        Assert.StartsWith("PROTOCOL-", Refusal(text).Code, StringComparison.Ordinal);

    [Theory]
    [InlineData("bounds.d.upper", "0.01", "bounds.dStar.lower")]
    [InlineData("bounds.f.lower", "0.7", "bounds.f")]
    [InlineData("network.attentionHeads", "3", "network.attentionHeads")]
    [InlineData("training.finalLearningRate", "0.003", "training.finalLearningRate")]
    public void Fields_that_contradict_each_other_are_refused(string field, string value, string named)
    {
        var refusal = Assert.Throws<RefusalException>(() => ProtocolDocument.With(new Protocol(), field, value));

        Assert.Equal("PROTOCOL-VALUE", refusal.Code);
        Assert.StartsWith(named + " = ", refusal.Found, StringComparison.Ordinal);
    }

    /// <summary>The noise floor is taken out of the signals, or it is in the loss.</summary>
    [Theory]
    [InlineData("denoising.ricianCorrection", "\"first-moment\"", "training.loss")]
    [InlineData("denoising.ricianCorrection", "\"koay-basser\"", "training.loss")]
    [InlineData("training.loss", "\"huber\"", "training.loss")]
    public void The_noise_floor_is_accounted_for_once(string field, string value, string named)
    {
        var learnt = new Protocol { Training = new TrainingRules { Loss = TrainingLosses.RicianMean } };
        var refusal = Assert.Throws<RefusalException>(() => ProtocolDocument.With(learnt, field, value));
        Assert.StartsWith(named + " = ", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_noise_level_is_not_corrected()
    {
        var given = new Protocol
        {
            Denoising = new()
            {
                Method = DenoisingMethods.LocalPca, NoiseLevel = "background",
                RicianCorrection = RicianCorrections.KoayBasser,
            },
        };
        var refusal = Assert.Throws<RefusalException>(() => ProtocolCheck.Require(given));
        Assert.StartsWith("denoising.ricianCorrection = ", refusal.Found, StringComparison.Ordinal);
    }

    private static string Id(Protocol protocol) => ProtocolJson.Reference(ProtocolJson.Write(protocol)).Sha256;

    private static RefusalException Refusal(string text) =>
        Assert.Throws<RefusalException>(() => ProtocolJson.Read(text));

    private static JsonObject Reversed(JsonObject tree) => new(tree.Reverse().Select(field =>
        KeyValuePair.Create(field.Key, field.Value is JsonObject inner ? Reversed(inner) : field.Value?.DeepClone())));
}
