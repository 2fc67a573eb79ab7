using System.Security.Cryptography;
using System.Text;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Studies;

/// <summary>Studies whose artifacts exist by name only: what the actors see of a real one.</summary>
internal static class Example
{
    public const string NumericClass = "example-class";

    /// <summary>One member, nothing to train or to polish: prepare, then one item per slab.</summary>
    public static Protocol LeastSquares { get; } = new() { Method = Methods.LeastSquares, Polish = NoPolish };

    public static Protocol TwoMembers { get; } = new()
    {
        Ensemble = new EnsembleRules { Members = 2 }, Polish = NoPolish,
    };

    private static PolishRules NoPolish => new() { Method = PolishRules.None };

    public static StudySource Source { get; } = new(Sha("image"), Sha("b-values"), "", "");

    public static StudyId StudyOf(Protocol protocol) =>
        StudyId.Of(Source, ProtocolJson.Reference(ProtocolJson.Write(protocol)).Sha256, NumericClass);

    public static StudyCommand.Submit Submit(Protocol protocol) => new(StudyOf(protocol), Source,
        ProtocolJson.Write(protocol), NumericClass, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static ArtifactRef Artifact(string text) => new(Sha(text), text.Length);

    public static WorkResult Result(params string[] outputs) =>
        new([.. outputs.Select(name => new NamedArtifact(name, Artifact(name)))], [], Reused: false);

    public static WorkResult Prepared(int slabs) =>
        Result([StudyPlan.Frame, StudyPlan.Sample, .. Enumerable.Range(0, slabs).Select(StudyPlan.SlabName)]);

    public static ItemReport.Finished Finished(this WorkItem item, WorkResult result) =>
        new(item.Study, item.Name, item.Key, result);

    /// <summary>Finished with one output, whose bytes nobody else makes.</summary>
    public static ItemReport.Finished Finished(this WorkItem item, string output, string bytes = "first") =>
        item.Finished(new WorkResult([new NamedArtifact(output, Artifact($"{item.Name} {bytes}"))], [], Reused: false));

    public static ItemReport.Failed Failed(this WorkItem item, FailureClass kind, string code, string? lost = null,
        long epoch = 1) =>
        new(item.Study, item.Name, item.Key, "worker", epoch, new WorkFailure(kind, code, $"{code}: said so.", lost));

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
