using System.Text.Json.Nodes;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;

namespace Ivim.Actors.Stages;

/// <summary>
/// What every voxel came from: the protocol, the source's hashes and each content key with its inputs and outputs.
/// </summary>
/// <remarks>No times, paths or hosts: equal maps have equal provenance.</remarks>
internal static class ProvenanceDocument
{
    public const string Schema = "ivim-provenance/1";

    public static JsonObject Of(StageContext context, StudyFrame frame, IEnumerable<VoxelEntry> maps) => new()
    {
        ["schema"] = Schema,
        ["study"] = context.Item.Study.Value,
        ["protocolId"] = context.Item.Protocol.Sha256,
        ["protocol"] = JsonNode.Parse(ProtocolJson.Write(context.Protocol)),
        ["numericClass"] = context.Item.NumericClass,
        ["bValues"] = new JsonArray([.. frame.BValues.SecondsPerMm2.Select(b => (JsonNode)b)]),
        ["averages"] = new JsonArray([.. frame.BValues.Averages.Select(n => (JsonNode)n)]),
        ["noise"] = frame.Noise?.DeepClone(),
        ["slabs"] = new JsonArray([.. frame.Slabs.Select(slab => new JsonArray(slab.CoreFirst, slab.CoreLast))]),
        ["voxelSha256"] = new JsonObject(maps.Select(map => KeyValuePair.Create(map.Name, (JsonNode?)map.Sha256))),
        ["source"] = Source(context),
        ["items"] = new JsonArray([.. Lineage(context).Select(Describe)]),
    };

    /// <summary>Every item that the maps descend from, its makers before it, each once.</summary>
    private static List<(ContentKey Key, Artifacts.StoredResult Result)> Lineage(StageContext context)
    {
        var seen = new HashSet<ContentKey>();
        var ordered = new List<(ContentKey, Artifacts.StoredResult)>();
        foreach (var input in context.Item.Inputs) Visit(input.ProducedBy);
        return ordered;

        void Visit(ContentKey key)
        {
            if (!seen.Add(key) || context.Store.FindResult(key) is not { } result) return;
            foreach (var input in result.Inputs) Visit(input.ProducedBy);
            ordered.Add((key, result));
        }
    }

    private static JsonObject Source(StageContext context)
    {
        var prepared = context.Store.FindResult(context.Item.Inputs[0].ProducedBy);
        return new JsonObject((prepared?.Recipe ?? [])
            .Where(field => field.Key.StartsWith("source.", StringComparison.Ordinal))
            .Select(field => KeyValuePair.Create(field.Key["source.".Length..], (JsonNode?)field.Value)));
    }

    private static JsonObject Describe((ContentKey Key, Artifacts.StoredResult Stored) item) => new()
    {
        ["item"] = item.Stored.Item,
        ["stage"] = item.Stored.Recipe.First(field => field.Key == "stage").Value,
        ["key"] = item.Key.Hex,
        ["inputs"] = new JsonObject(item.Stored.Inputs
            .Select(input => KeyValuePair.Create(input.Name, (JsonNode?)input.Artifact.Sha256))),
        ["outputs"] = new JsonObject(item.Stored.Result.Outputs
            .Select(output => KeyValuePair.Create(output.Name, (JsonNode?)output.Artifact.Sha256))),
    };
}
