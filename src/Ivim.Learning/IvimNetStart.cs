using Ivim.Physics;

namespace Ivim.Learning;

/// <summary>
/// The first weights of our network: uniform within 1 / sqrt(fan in) for convolutions, linear layers and their
/// biases, 1 / sqrt(hidden units) for the LSTM, sqrt(6 / (fan in + fan out)) for attention (Glorot and Bengio 2010)
/// with biases 0, and 1 and 0 for the layer norm. The last layer is scaled down and its biases give the starting
/// point.
/// </summary>
internal static class IvimNetStart
{
    private const double NearestToBound = 0.02;

    public static FirstValues First(string name, long fanIn, StartingPoint start, NetworkRecipe recipe,
        ParameterBounds bounds) => name switch
    {
        "heads.weight" => new(recipe.LastLayerScale / Math.Sqrt(recipe.HeadUnits)),
        "heads.bias" => new(0, Biases(recipe, bounds, start)),
        "norm.weight" => FirstValues.Ones(recipe.TrunkFeatures),
        "norm.bias" or "attentionIn.bias" or "attentionOut.bias" => FirstValues.Zero,
        "attentionIn.weight" or "attentionOut.weight" => new(Math.Sqrt(6.0 / (2 * recipe.TrunkFeatures))),
        _ when name.StartsWith("lstm.", StringComparison.Ordinal) => FirstValues.Within(recipe.LstmUnits),
        _ => FirstValues.Within(fanIn),
    };

    private static float[] Biases(NetworkRecipe recipe, ParameterBounds bounds, StartingPoint start)
    {
        double dStar = recipe.DStarDecoding == DStarDecoding.Linear
            ? Share(bounds.DStar, start.DStar)
            : Math.Log(start.DStar / bounds.DStar.Lower) / Math.Log(bounds.DStar.Upper / bounds.DStar.Lower);
        double[] shares = [Share(bounds.D, start.D), Share(bounds.F, start.F), dStar, Share(bounds.S0, start.S0)];
        return [.. shares.Select(share => (float)Logit(Math.Clamp(share, NearestToBound, 1 - NearestToBound)))];
    }

    private static double Share(Bounds bounds, double value) => (value - bounds.Lower) / bounds.Width;

    private static double Logit(double share) => Math.Log(share / (1 - share));
}
