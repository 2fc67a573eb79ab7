using System.Text.Json;
using Ivim.Chart.Tests.Machine;
using YamlDotNet.Serialization;

namespace Ivim.Chart.Tests.Rendering;

/// <summary>A value that somebody may set.</summary>
/// <param name="Path">`seeds.image.tag`.</param>
/// <param name="Meaning">Its comment, which begins with `# -- `; empty where it has none.</param>
internal sealed record DocumentedValue(string Path, string Meaning);

/// <summary>values.yaml, by its comments.</summary>
internal static class ValuesFile
{
    private const string Mark = "# -- ";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Chart, "values.yaml"));

    /// <summary>The rows of the table in the chart's README.</summary>
    public static IReadOnlyList<string> MarkdownRows() =>
    [
        .. Values().Where(value => value.Meaning.Length > 0)
            .Select(value => $"| `{value.Path}` | `{DefaultOf(value.Path)}` | {value.Meaning} |"),
    ];

    /// <summary>Every key of the file, in its order.</summary>
    public static IEnumerable<DocumentedValue> Values()
    {
        var (parents, meaning) = (new List<(int Indent, string Key)>(), "");
        foreach (string line in Lines)
        {
            string text = line.Trim();
            int indent = line.Length - line.TrimStart().Length;
            if (text.StartsWith(Mark, StringComparison.Ordinal)) meaning = text[Mark.Length..];
            else if (text.StartsWith('#')) meaning += " " + text[1..].Trim();
            else if (text.Length == 0 || text.StartsWith('-')) meaning = "";
            else
            {
                parents.RemoveAll(parent => parent.Indent >= indent);
                parents.Add((indent, text.Split(':')[0]));
                yield return new DocumentedValue(string.Join('.', parents.Select(parent => parent.Key)), meaning);
                meaning = "";
            }
        }
    }

    private static string DefaultOf(string path)
    {
        object? value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
            .Deserialize<object>(string.Join('\n', Lines));
        foreach (string key in path.Split('.')) value = ((Dictionary<object, object>)value!)[key];
        return JsonSerializer.Serialize(value, Relaxed);
    }

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
