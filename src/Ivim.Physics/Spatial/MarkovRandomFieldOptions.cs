namespace Ivim.Physics.Spatial;

/// <summary>All numbers of the MRF-MAP estimate.</summary>
public sealed record MarkovRandomFieldOptions
{
    public static MarkovRandomFieldOptions Default { get; } = new();

    /// <summary>τ: a pair costs |difference| / τ in each of log D, logit f and log D*.</summary>
    public double Tau { get; init; } = 1;

    /// <summary>Reach of the neighbourhood in plane, in voxels; 2 is a window of 5 x 5.</summary>
    public int RadiusInPlane { get; init; } = 2;

    /// <summary>
    /// ε of √(d² + ε²), from wide to narrow: each minimum is the start of the next, the last is the estimate.
    /// </summary>
    public IReadOnlyList<double> EdgeWidths { get; init; } = [0.1, 0.03, 0.01, 0.003, 0.001];

    /// <summary>
    /// Converged is where <see cref="QuietSteps"/> steps together lower a slice's cost by less than this a voxel.
    /// </summary>
    public double TolerancePerVoxel { get; init; } = 1e-3;

    public int QuietSteps { get; init; } = 3;

    /// <summary>Steps at one edge width after which the estimate counts as not converged.</summary>
    public int MostSteps { get; init; } = 300;

    /// <summary>Residual of a step's linear system, relative to its right side.</summary>
    public double LinearTolerance { get; init; } = 0.02;

    /// <summary>Iterations a linear system may take.</summary>
    public int MostLinearIterations { get; init; } = 60;

    public SpatialBounds Bounds { get; init; } = SpatialBounds.Default;

    /// <summary>How many threads may work at once, at least 1; changes no bit.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    public CancellationToken Cancellation { get; init; }

    internal void Check()
    {
        bool sane = Tau > 0 && RadiusInPlane is >= 1 and <= 8 && EdgeWidths.Count > 0 && EdgeWidths.All(e => e > 0)
            && TolerancePerVoxel > 0 && QuietSteps >= 1 && MostSteps >= 1 && LinearTolerance is > 0 and < 1
            && MostLinearIterations >= 1 && DegreeOfParallelism >= 1;
        if (!sane) throw new ArgumentException("the Markov random field expects numbers above 0");
    }
}
