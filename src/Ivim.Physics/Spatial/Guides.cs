namespace Ivim.Physics.Spatial;

/// <summary>
/// What tells which neighbours are of the same tissue: the start maps and the scores, on the padded grid.
/// </summary>
internal static class Guides
{
    public static float[][] Spread(PolishInput input, PaddedGrid grid, PolishOptions options)
    {
        var bounds = options.Bounds.Transformed();
        return
        [
            grid.Spread(voxel => bounds.OfD(input.Start.D[voxel])),
            grid.Spread(voxel => bounds.OfF(input.Start.F[voxel])),
            grid.Spread(voxel => bounds.OfDStar(input.Start.DStar[voxel])),
            .. Enumerable.Range(0, input.Components).Select(component =>
                grid.Spread(voxel => input.Scores[voxel * input.Components + component])),
        ];
    }
}
