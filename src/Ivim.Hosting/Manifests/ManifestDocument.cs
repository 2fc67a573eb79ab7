using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>A manifest as JSON: `{ "schema": "ivim-manifest/1", "studies": [ … ] }`.</summary>
internal static class ManifestDocument
{
    public const string Schema = "ivim-manifest/1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
    };

    /// <exception cref="RefusalException">MANIFEST-JSON.</exception>
    public static IReadOnlyList<ManifestRow> Read(string text)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(text, Options);
            if (document is not { Schema: Schema, Studies: { } studies }) throw Unreadable(null);
            return [.. studies.Select((study, index) => Row(study, index + 1))];
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    private static ManifestRow Row(Study study, int number) => new(number)
    {
        Centre = study.Centre,
        Subject = study.Subject,
        Session = study.Session,
        Image = study.Image,
        BValues = study.Bvalues,
        BVectors = study.Bvectors,
        Mask = study.Mask,
        Protocol = study.Protocol is { ValueKind: JsonValueKind.String } path ? path.GetString() : null,
        Site = study.Protocol is { ValueKind: not (JsonValueKind.String or JsonValueKind.Null) } site
            ? site.GetRawText() : null,
        Priority = study.Priority?.ToString(CultureInfo.InvariantCulture),
    };

    /// <remarks>Where in the text is not said: around it are labels and paths.</remarks>
    private static RefusalException Unreadable(JsonException? cause) => new("MANIFEST-JSON",
        cause?.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"a manifest that cannot be read at line {line + 1}")
            : "a document that is no manifest",
        $"`schema` {Schema} and `studies` with the fields of docs/manifest.md and no others",
        "compare it with docs/manifest.md", cause);

    private sealed record Document(string? Schema, IReadOnlyList<Study>? Studies);

    private sealed record Study(string? Centre, string? Subject, string? Session, string? Image, string? Bvalues,
        string? Bvectors, string? Mask, JsonElement? Protocol, int? Priority);
}
