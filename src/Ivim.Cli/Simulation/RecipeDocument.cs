using System.Text.Json.Nodes;
using Ivim.Imaging.Bids;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Simulation;

/// <summary>What a phantom was made of, as JSON: equal recipes give equal bytes.</summary>
internal static class RecipeDocument
{
    public static byte[] Of(PhantomRecipe recipe)
    {
        var document = Sampled(recipe);
        // Absent where there is none, so that the documents of such phantoms stay as they always were.
        if (recipe.KSpace is { } kSpace)
        {
            document["kSpace"] = new JsonObject
            {
                ["matrix"] = new JsonArray(kSpace.Width, kSpace.Height),
                ["coils"] = kSpace.Coils,
                ["truth"] = "least squares of the acquisition without noise",
            };
        }
        return BidsJson.Bytes(document);
    }

    private static JsonObject Sampled(PhantomRecipe recipe) => new()
    {
        ["phantom"] = Word(recipe.Kind),
        ["tissues"] = recipe.Kind == PhantomKind.Random ? null : Tissues(recipe.Tissues),
        ["size"] = new JsonArray(recipe.Width, recipe.Height, recipe.Depth),
        ["bSecondsPerMm2"] = new JsonArray([.. recipe.BSecondsPerMm2.Select(b => JsonValue.Create(b))]),
        ["noise"] = Word(recipe.Noise),
        ["signalToNoise"] = recipe.SignalToNoise,
        ["sigma"] = recipe.Sigma,
        ["coilShading"] = recipe.CoilShading,
        ["seed"] = recipe.Seed,
        ["realisation"] = recipe.Realisation,
    };

    /// <summary>Label to name, the background under 0.</summary>
    public static byte[] OfRegions(IReadOnlyList<string> names)
    {
        var regions = new JsonObject();
        for (int label = 0; label < names.Count; label++) regions[$"{label}"] = names[label];
        return BidsJson.Bytes(regions);
    }

    private static JsonObject Tissues(TissueTable table) => new()
    {
        ["name"] = table.Name,
        ["list"] = new JsonArray([.. table.Tissues.Select(tissue => new JsonObject
        {
            ["name"] = tissue.Name,
            ["dMm2PerSecond"] = tissue.Parameters.D.Mm2PerSecond,
            ["f"] = tissue.Parameters.F.Fraction,
            ["dStarMm2PerSecond"] = tissue.Parameters.DStar.Mm2PerSecond,
            ["relativeS0"] = tissue.Parameters.S0.ArbitraryUnits,
            ["source"] = tissue.Source,
        })]),
    };

#pragma warning disable CA1308 // Lower case is how the command line spells these words.
    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
