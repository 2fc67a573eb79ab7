namespace Ivim.Physics.Spatial;

/// <summary>
/// How much each guide differs between neighbours by noise: found once for a study, given to every slab.
/// </summary>
/// <param name="LogD">Of log D in the start map.</param>
/// <param name="LogitF">Of logit f.</param>
/// <param name="LogDStar">Of log D*.</param>
/// <param name="Scores">Of each principal-component score.</param>
public sealed record PolishScales(double LogD, double LogitF, double LogDStar, IReadOnlyList<double> Scores)
{
    /// <summary>Standard deviation of a normal variable in units of its median absolute value.</summary>
    private const double PerMedian = 1.4826;

    // Of relative signals and of logarithms: far below any noise, and far from the end of single precision.
    private const double LeastScale = 1e-6;

    /// <summary>1.4826 median |difference| over the pairs of neighbours along x and y.</summary>
    /// <remarks>
    /// Structure is rare among neighbours and hardly moves a median; the difference of two voxels has √2 of the
    /// noise of one. Where most neighbours are equal, and the median is 0, the guide has no noise to be divided by,
    /// and 1e-6 stands: any difference then counts as structure.
    /// </remarks>
    public static PolishScales Measure(PolishInput input, PolishOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        input.Check();
        var grid = new PaddedGrid(input.Grid, 1, 0);
        var guides = Guides.Spread(input, grid, options);
        var scales = guides.Select(guide => Scale(guide, grid)).ToArray();
        return new PolishScales(scales[0], scales[1], scales[2], scales[3..]);
    }

    internal double[] All => [LogD, LogitF, LogDStar, .. Scores];

    private static double Scale(float[] guide, PaddedGrid grid)
    {
        var differences = new List<float>(2 * grid.Places.Length);
        foreach (int offset in (int[])[grid.Offset(1, 0, 0), grid.Offset(0, 1, 0)])
        {
            foreach (int place in grid.Places)
            {
                if (grid.Inside[place + offset] > 0) differences.Add(Math.Abs(guide[place] - guide[place + offset]));
            }
        }
        if (differences.Count == 0) return LeastScale;
        differences.Sort();
        return Math.Max(PerMedian * differences[differences.Count / 2], LeastScale);
    }
}
