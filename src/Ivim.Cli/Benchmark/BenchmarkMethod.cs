using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Cli.Benchmark;

/// <summary>A protocol with a name: a method of `ivim map`, and after each `+` how it differs from the
/// default.</summary>
/// <param name="IsPolished">Whether the polished maps are what is evaluated.</param>
internal sealed record BenchmarkMethod(string Name, Protocol Protocol, bool IsPolished)
{
    /// <summary>The built-in protocol as it stands, with the maps that it is meant to give.</summary>
    public const string Default = "default";

    private static readonly (string Word, Func<Protocol, Protocol> Apply)[] Changes =
    [
        ("raw", protocol => protocol with { Denoising = protocol.Denoising with { Method = DenoisingMethods.None } }),
        ("polished", protocol => protocol with { Polish = protocol.Polish with { Method = PolishRules.Guided } }),
        ("single", protocol => protocol with { Ensemble = protocol.Ensemble with { Members = 1 } }),
        ("fixed", protocol => protocol with { Training = protocol.Training with { Stopping = Never(protocol) } }),
        ("published", protocol => protocol with
        {
            Bayes = protocol.Bayes with { FieldWeighting = "relative", FieldTau = 1 },
        }),
        .. Architectures("full", "cnn-lstm", "cnn-attention", "cnn", "mlp"),
    ];

    /// <exception cref="RefusalException">BENCHMARK-METHOD, PROTOCOL-VALUE.</exception>
    public static BenchmarkMethod Parse(string name)
    {
        string[] words = name.Split('+');
        var protocol = new Protocol();
        if (words[0] != Default)
        {
            if (!Methods.All.Contains(words[0])) throw Unknown();
            protocol = protocol with
            {
                Method = words[0], Polish = protocol.Polish with { Method = PolishRules.None },
            };
        }
        foreach (var word in words.Skip(1))
        {
            var change = Array.Find(Changes, change => change.Word == word);
            protocol = change.Apply is { } apply ? apply(protocol) : throw Unknown();
        }
        ProtocolCheck.Require(protocol);
        return new BenchmarkMethod(name, protocol, protocol.Polishes);
    }

    /// <summary>
    /// The method as it can be run on a phantom: with the bounds of its organ; on voxels without neighbours the
    /// default does without denoising and polish, the other methods take part only as `+raw`, and a field has no place.
    /// </summary>
    /// <returns>Null where it cannot.</returns>
    public BenchmarkMethod? On(BenchmarkPhantom phantom)
    {
        if (!phantom.IsRandom) return this with { Protocol = Protocol with { Bounds = phantom.Bounds } };
        if (Name == Default)
        {
            var alone = Protocol with
            {
                Denoising = Protocol.Denoising with { Method = DenoisingMethods.None },
                Polish = Protocol.Polish with { Method = PolishRules.None },
            };
            return this with { Protocol = alone, IsPolished = false };
        }
        bool usesNeighbours = Protocol.Denoising.Method != DenoisingMethods.None || IsPolished
            || Protocol.Method is Methods.BayesField or Methods.MarkovField;
        return usesNeighbours ? null : this;
    }

    private static StoppingRules Never(Protocol protocol) =>
        protocol.Training.Stopping with { NoiseFactor = null, RelativeChange = null, UnderfitLossFactor = null };

    private static IEnumerable<(string, Func<Protocol, Protocol>)> Architectures(params string[] names) =>
        names.Select<string, (string, Func<Protocol, Protocol>)>(name => (name, protocol =>
            protocol with { Network = protocol.Network with { Architecture = name } }));

    private static RefusalException Unknown() => new("BENCHMARK-METHOD", "an unknown method",
        $"{Default} or one of {string.Join(", ", Methods.All)}, then any of "
        + string.Join(", ", Changes.Select(change => "+" + change.Word)), "correct --methods");
}
