using System.Text.Json;
using Ivim.Chart.Tests.Machine;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Ivim.Chart.Tests.Rendering;

/// <summary>
/// The JSON schemas of Kubernetes in an npm package: they know what an object must have, and our loader what it may
/// have.
/// </summary>
internal static class KubernetesModels
{
    private static readonly string Package = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".cache", "ivim-tools", "node_modules", "kubernetes-models");

    /// <summary>What is wrong with the objects of a rendered text; those of cert-manager are not among them.</summary>
    public static IReadOnlyList<string> Faults(string text)
    {
        Skip.IfNot(Directory.Exists(Package), "no kubernetes-models here: .ci/run fetches it");
        Skip.IfNot(Command.IsInstalled("node"), "no node here");
        using var folder = new TemporaryFolder();
        string objects = folder.Write("objects.json", JsonSerializer.Serialize(Objects(text)));
        string script = Path.Combine(Repository.Tests, "Rendering", "kubernetes-models.cjs");
        return Command.Run("node", script, Package, objects).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static List<Dictionary<object, object>> Objects(string text)
    {
        var loader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var parser = new Parser(new StringReader(text));
        var objects = new List<Dictionary<object, object>>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            var one = loader.Deserialize<Dictionary<object, object>>(parser);
            if (!$"{one["apiVersion"]}".StartsWith("cert-manager.io/", StringComparison.Ordinal)) objects.Add(one);
        }
        return objects;
    }
}
