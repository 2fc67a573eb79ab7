namespace Ivim.Physics.Spatial;

public static class GuidedPolish
{
    public static SpatialMaps Pass(PolishInput input, PolishScales scales, PolishOptions? options = null)
    {
        options ??= PolishOptions.Default;
        input.Check();
        var grid = new PaddedGrid(input.Grid, options.RadiusInPlane, options.RadiusAcross);
        var pairs = PairOffset.Half(grid, options.RadiusInPlane, options.RadiusAcross);
        var weights = GuidedWeights.Between(grid, pairs, input, scales, options);
        var descent = new PolishDescent(input, grid, new PairCost(pairs, weights, options.Strength, options.EdgeWidth), options);
        for (int sweep = 0; sweep < options.SweepsPerPass; sweep++) descent.Sweep();
        return descent.Maps();
    }

    public static SpatialMaps Run(PolishInput input, PolishOptions? options = null)
    {
        options ??= PolishOptions.Default;
        for (int pass = 0; pass < options.Passes; pass++)
            input = input with { Start = Pass(input, PolishScales.Measure(input, options), options) };
        return input.Start;
    }
}
