using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Learning;

namespace Ivim.Actors.Reports;

/// <summary>What only the work folder knows of a study.</summary>
/// <param name="Signals">That the maps were made from, S(b) / reference, [voxels, b].</param>
/// <param name="Spread">Over the networks that were merged; null where a slab has none.</param>
/// <param name="Notes">Of all items, each once, with how many items say it.</param>
internal sealed record ReportSignals(
    StudyFrame Frame, float[] Signals, ParameterMaps? Spread, ImmutableArray<string> Notes)
{
    /// <returns>Null where the folder has forgotten the study.</returns>
    public static ReportSignals? Find(JsonObject provenance, Protocol protocol, IArtifactStore store)
    {
        try
        {
            var items = (provenance["items"] as JsonArray ?? []).Select(item =>
                (Name: (string?)item?["item"] ?? "", Stored: Stored(store, (string?)item?["key"] ?? ""))).ToList();
            if (items.Exists(item => item.Stored is null)) return null;
            var prepared = items.Find(item => item.Name == "prepare").Stored;
            if (prepared is null) return null;
            var arrays = Read(store, prepared, StudyPlan.Frame);
            var frame = StudyFrame.From(arrays);
            var slabs = items.Where(item => item.Name.StartsWith("merge/", StringComparison.Ordinal))
                .OrderBy(item => item.Name, StringComparer.Ordinal)
                .Select(item => SlabMaps.From(Read(store, item.Stored!, AggregatePlan.Merged))).ToList();
            bool hasSpread = MapErrors.AddsSpread(protocol)
                && slabs.TrueForAll(slab => slab.Spread is not null || slab.Maps.Voxels == 0);
            var notes = Counted(items.SelectMany(item => item.Stored!.Result.Notes));
            if (AssembleStage.LacksSpread(protocol, hasSpread)) notes = notes.Add(AssembleStage.NoSpread);
            return new ReportSignals(frame, UncertaintySignals.From(arrays).Signals,
                hasSpread ? Stages.MergedMaps.Of(frame, slabs.Select(slab => slab.Spread ?? slab.Maps)) : null, notes);
        }
        catch (LostArtifactException)
        {
            return null;
        }
    }

    /// <summary>A key becomes the name of a file: what is none must not lead anywhere.</summary>
    private static StoredResult? Stored(IArtifactStore store, string key) =>
        key.Length == 64 && key.All(char.IsAsciiHexDigitLower) ? store.FindResult(new ContentKey(key)) : null;

    private static ImmutableArray<string> Counted(IEnumerable<string> notes) =>
    [
        .. notes.GroupBy(note => note).Select(same => same.Count() == 1 ? same.Key
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{same.Key} ({same.Count()} times)")),
    ];

    private static NamedArrays Read(IArtifactStore store, StoredResult stored, string output) =>
        ArrayFile.Read(store.Read(stored.Result.Output(output))).Arrays;
}
