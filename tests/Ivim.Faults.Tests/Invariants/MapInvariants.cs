using System.Text.Json.Nodes;
using Ivim.Faults.Tests.Scans;

namespace Ivim.Faults.Tests.Invariants;

/// <summary>What must hold of the published maps of one study.</summary>
internal static class MapInvariants
{
    /// <summary>I3: every map has the bits of the run that nobody disturbed.</summary>
    public static IEnumerable<Violation> SameBits(PublishedMaps maps, IReadOnlyDictionary<string, string> quiet)
    {
        foreach (var (map, hash) in quiet)
        {
            string? found = maps.VoxelHash(map);
            if (found is null) yield return new Violation("I3", $"map {map} was not published");
            else if (found != hash) yield return new Violation("I3", $"map {map} has other voxels than the quiet run");
        }
        foreach (string odd in maps.FilesWithTime())
            yield return new Violation("I3", $"{odd} carries a time in its gzip header");
    }

    /// <summary>
    /// I5: one protocol, one numeric class, one version of each stage; I2: every member once in each merge.
    /// </summary>
    public static IEnumerable<Violation> NoMixing(PublishedMaps maps, string work, string study, int members)
    {
        if (maps.Provenance is not { } provenance)
        {
            yield return new Violation("I5", "no provenance was published");
            yield break;
        }
        if ((string?)provenance["study"] != study)
            yield return new Violation("I5", "the provenance is another study's");
        foreach (var stage in Items(provenance).GroupBy(item => ((string)item["item"]!).Split('/')[0]))
            if (stage.Select(item => (string?)item["stage"]).Distinct().Count() > 1)
                yield return new Violation("I5", $"two versions of stage {stage.Key} in one map");
        foreach (var item in Items(provenance).GroupBy(item => (string)item["item"]!).Where(group => group.Count() > 1))
            yield return new Violation("I2", $"{item.Key} is {item.Count()} times in the provenance");
        foreach (var (name, merged) in Merges(provenance).Where(merge => merge.Members != members))
            yield return new Violation("I2", $"{name} has {merged} of {members} members");
        foreach (var violation in StoreInvariants.KeysFollow(work)) yield return violation;
        string numericClass = (string)provenance["numericClass"]!;
        foreach (var map in provenance["voxelSha256"]!.AsObject())
            if (maps.VoxelHash(map.Key) != (string?)map.Value)
                yield return new Violation("I6", $"map {map.Key} is not the one in its provenance");
        if (numericClass.Length == 0) yield return new Violation("I5", "no numeric class");
    }

    private static IEnumerable<(string Name, int Members)> Merges(JsonNode provenance) => Items(provenance)
        .Select(item => (Name: (string)item["item"]!, Inputs: item["inputs"]!.AsObject()))
        .Where(item => item.Name.StartsWith("merge", StringComparison.Ordinal))
        .Select(item => (item.Name,
            item.Inputs.Count(input => input.Key.Contains("member", StringComparison.Ordinal))));

    private static IEnumerable<JsonNode> Items(JsonNode provenance) =>
        provenance["items"]!.AsArray().Select(item => item!);
}
