namespace Ivim.Physics.Fits;

/// <summary>What a classical fit may be told; none of it but the cut-off changes a number.</summary>
public sealed record FitOptions
{
    public static FitOptions Default { get; } = new();

    /// <summary>
    /// From this b-value on, in s/mm², perfused water is taken to have vanished: segmented step 1, and the starts of
    /// the least squares.
    /// </summary>
    public double CutoffSecondsPerMm2 { get; init; } = 200;

    /// <summary>How many threads may fit at once, at least 1.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after every block of voxels which share is done, 0 to 1; from the thread that did it.</summary>
    public Action<double>? Progress { get; init; }
}
