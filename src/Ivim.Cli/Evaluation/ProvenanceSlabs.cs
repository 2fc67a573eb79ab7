using System.Collections.Immutable;
using System.Text.Json;
using Ivim.Physics;

namespace Ivim.Cli.Evaluation;

/// <summary>Where one slab ends and the next begins, as the provenance of the maps tells.</summary>
internal static class ProvenanceSlabs
{
    /// <returns>First and last slice of every slab; null if the file says nothing of slabs.</returns>
    /// <exception cref="RefusalException">PROVENANCE-BROKEN.</exception>
    public static ImmutableArray<(int First, int Last)>? Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!document.RootElement.TryGetProperty("slabs", out var slabs)) return null;
            return [.. slabs.EnumerateArray().Select(slab => (slab[0].GetInt32(), slab[1].GetInt32()))];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException
            or IndexOutOfRangeException)
        {
            throw new RefusalException("PROVENANCE-BROKEN", "slabs that are no pairs of slices",
                "a list of [first, last]", "say --slab-slices or map the study again", broken);
        }
    }
}
