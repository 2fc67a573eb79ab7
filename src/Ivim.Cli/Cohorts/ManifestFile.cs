using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;
using Ivim.Physics;

namespace Ivim.Cli.Cohorts;

/// <summary>A manifest in JSON, as docs/cohorts.md shows it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ManifestFile
{
    public required string Name { get; init; }

    /// <summary>Null: the folder of the manifest. A relative one is relative to that.</summary>
    public string? Root { get; init; }

    public required string Output { get; init; }

    /// <summary>Null: the default protocol, unless the command line names one.</summary>
    public JsonElement? Protocol { get; init; }

    public required IReadOnlyList<CohortManifestEntry> Entries { get; init; }

    /// <param name="protocol">What the command line names; null for the manifest's own.</param>
    /// <exception cref="RefusalException">FILE-MISSING, MANIFEST-JSON, PROTOCOL-...</exception>
    public static CohortRequest Read(string path, Protocol? protocol, string? numericClass)
    {
        if (!File.Exists(path))
            throw new RefusalException("FILE-MISSING", "no manifest file", "a file that exists", "check the name");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = Parse(path);
        var document = protocol ?? (file.Protocol is { } own ? ProtocolJson.Read(own.GetRawText()) : new Protocol());
        return new CohortRequest
        {
            Name = file.Name,
            Root = Path.GetFullPath(file.Root ?? ".", folder),
            Output = Path.GetFullPath(file.Output, folder),
            Protocol = JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(document)),
            Entries = file.Entries,
            NumericClass = numericClass,
        };
    }

    private static ManifestFile Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestFile>(File.ReadAllBytes(path), JsonSerializerOptions.Web)
                ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new RefusalException("MANIFEST-JSON", $"a manifest that cannot be read at {e.Path ?? "$"}",
                "the JSON object of docs/cohorts.md", "correct it");
        }
    }
}
