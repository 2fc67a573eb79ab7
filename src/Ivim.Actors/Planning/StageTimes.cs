using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;

namespace Ivim.Actors.Planning;

/// <summary>How long items took that a store has kept the times of.</summary>
public sealed class StageTimes
{
    /// <summary>Fields that tell items of one kind apart, and hardly change how long one takes.</summary>
    private static readonly string[] Particular = ["seed", "member", "slab", "round", "protocol"];

    /// <summary>Keys are hashes, so the first of them in their order are a random sample of a large store.</summary>
    private const int MostRead = 4000;

    private readonly ILookup<string, double> _bySettings;
    private readonly ILookup<string, double> _byKind;

    private StageTimes(IReadOnlyCollection<StoredResult> timed)
    {
        _bySettings = timed.ToLookup(result => Settings(result.Recipe), result => result.Seconds!.Value);
        _byKind = timed.ToLookup(result => Kind(result.Recipe), result => result.Seconds!.Value);
    }

    public static StageTimes Of(FolderArtifactStore store) => new(
        [.. store.Folders.ResultKeys().Take(MostRead).Select(store.ReadResult).OfType<StoredResult>()
            .Where(result => result.Seconds is not null)]);

    /// <summary>The median of the like; null where the store has kept no time of any.</summary>
    /// <param name="recipe">Of the item's key; its inputs may be missing.</param>
    public StageTime? Of(KeyRecipe recipe)
    {
        double[] same = [.. _bySettings[Settings(recipe.Fields)].Order()];
        double[] alike = same.Length > 0 ? same : [.. _byKind[Kind(recipe.Fields)].Order()];
        return alike.Length == 0 ? null
            : new StageTime(alike[alike.Length / 2], alike.Length, IsOfSameSettings: same.Length > 0);
    }

    /// <summary>Stage, part and numeric class: without these two items have nothing to do with each other.</summary>
    private static string Kind(IEnumerable<KeyValuePair<string, string>> recipe) => string.Join('\n',
        recipe.Where(field => field.Key is "stage" or "part" or "numericClass").Select(field => field.Value));

    private static string Settings(IEnumerable<KeyValuePair<string, string>> recipe) => string.Join('\n',
        recipe.Where(field => !IsParticular(field.Key)).Select(field => field.Key + "=" + field.Value));

    private static bool IsParticular(string field) => Particular.Contains(field)
        || field.StartsWith("input.", StringComparison.Ordinal)
        || field.StartsWith("made-by.", StringComparison.Ordinal)
        || field.StartsWith("source.", StringComparison.Ordinal);
}

/// <param name="Seconds">Median.</param>
/// <param name="Measured">Of how many items.</param>
/// <param name="IsOfSameSettings">False where only items of other settings of the stage were timed.</param>
public sealed record StageTime(double Seconds, int Measured, bool IsOfSameSettings);
