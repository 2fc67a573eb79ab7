using Ivim.Physics.Fits;

namespace Ivim.Physics.Phantoms;

/// <summary>
/// What estimates from a k-space acquisition are compared with: the least-squares fit of the acquisition without noise,
/// so that its resolution, which no method can undo, is no error.
/// </summary>
/// <remarks>0 in the background, as the true maps.</remarks>
public sealed record AcquisitionReference
{
    private AcquisitionReference(int voxels) =>
        (D, F, DStar, S0) = (new float[voxels], new float[voxels], new float[voxels], new float[voxels]);

    /// <summary>mm²/s.</summary>
    public float[] D { get; }

    public float[] F { get; }

    /// <summary>mm²/s.</summary>
    public float[] DStar { get; }

    /// <summary>In the unit of the signals.</summary>
    public float[] S0 { get; }

    /// <exception cref="RefusalException">NLLS-NEEDS-MORE-B: fewer than four distinct b-values.</exception>
    internal static AcquisitionReference Of(Phantom phantom, float[] withoutNoise, int degreeOfParallelism)
    {
        int[] voxels = [.. Enumerable.Range(0, phantom.Voxels).Where(voxel => phantom.Labels[voxel] != 0)];
        var volumes = phantom.Recipe.BSecondsPerMm2
            .Select((b, volume) => (b, volume)).GroupBy(pair => pair.b, pair => pair.volume)
            .OrderBy(group => group.Key).ToArray();
        var table = new BValueTable(volumes.Select(group => group.Key), volumes.Select(group => group.Count()));
        var scales = new float[voxels.Length];
        var signals = new float[voxels.Length * table.Count];
        for (int i = 0; i < voxels.Length; i++)
        {
            int voxel = voxels[i];
            // Without noise the repeats of a b-value are equal: the first stands for all.
            scales[i] = withoutNoise[volumes[0].First() * phantom.Voxels + voxel];
            for (int b = 0; b < table.Count; b++)
                signals[i * table.Count + b] =
                    withoutNoise[volumes[b].First() * phantom.Voxels + voxel] / scales[i];
        }
        var fit = LeastSquaresFit.Fit(signals, table, options: new FitOptions
        {
            DegreeOfParallelism = degreeOfParallelism,
        });
        var reference = new AcquisitionReference(phantom.Voxels);
        for (int i = 0; i < voxels.Length; i++)
        {
            reference.D[voxels[i]] = fit.D[i];
            reference.F[voxels[i]] = fit.F[i];
            reference.DStar[voxels[i]] = fit.DStar[i];
            reference.S0[voxels[i]] = fit.S0[i] * scales[i];
        }
        return reference;
    }
}
