using System.Globalization;

namespace Ivim.Physics.Bayes;

/// <summary>A whole study for the Bayesian fit: its prior is learnt from all voxels together.</summary>
/// <param name="Signals">
/// Mean signal of each b-value, [voxels, bvalues], in any unit, also a different one for each voxel.
/// </param>
/// <param name="Table">b-values, and how many acquisitions each mean stands for.</param>
/// <param name="Positions">
/// Where each voxel lies, length V; only the spatial prior looks at it, else it may be null.
/// </param>
public sealed record BayesInput(
    ReadOnlyMemory<float> Signals, BValueTable Table, IReadOnlyList<VoxelPosition>? Positions = null)
{
    /// <summary>Voxels that the prior must be learnt from, at least.</summary>
    public const int FewestVoxels = 10;

    public int Voxels => Signals.Length / Table.Count;

    /// <summary>Indices of the voxels that hold finite values, not all of them 0.</summary>
    internal int[] FittedVoxels()
    {
        var fitted = new List<int>(Voxels);
        for (int voxel = 0; voxel < Voxels; voxel++)
        {
            var row = Signals.Span.Slice(voxel * Table.Count, Table.Count);
            bool isFinite = true, anySignal = false;
            foreach (float signal in row)
            {
                isFinite &= float.IsFinite(signal);
                anySignal |= signal != 0;
            }
            if (isFinite && anySignal) fitted.Add(voxel);
        }
        return [.. fitted];
    }

    /// <exception cref="RefusalException">
    /// NLLS-NEEDS-MORE-B: fewer than four b-values; BAYES-NEEDS-VOXELS: fewer than ten voxels; BAYES-NEEDS-POSITIONS: a
    /// spatial prior without positions, or two voxels at one.
    /// </exception>
    /// <exception cref="ArgumentException">Signals or positions do not fit the table or each other.</exception>
    internal void Check(BayesOptions options)
    {
        Fits.FitRequirements.LeastSquaresTable(Table);
        int voxels = Fits.FitRequirements.Voxels(Signals, Table), fitted = FittedVoxels().Length;
        if (fitted < FewestVoxels)
        {
            throw new RefusalException("BAYES-NEEDS-VOXELS",
                string.Create(CultureInfo.InvariantCulture, $"{fitted} voxels with a signal"),
                string.Create(CultureInfo.InvariantCulture, $"at least {FewestVoxels}, to learn the prior from"),
                "widen the mask, or use the least-squares fit");
        }
        if (options.Field is null) return;
        if (Positions is null)
            throw new RefusalException("BAYES-NEEDS-POSITIONS", "a spatial prior without voxel positions",
                "one position a voxel", "give the positions, or leave the spatial prior out");
        if (Positions.Count != voxels)
            throw new ArgumentException($"{Positions.Count} positions for {voxels} voxels", nameof(options));
        if (Positions.Distinct().Count() != voxels)
            throw new RefusalException("BAYES-NEEDS-POSITIONS", "two voxels at one position", "one voxel a position",
                "correct the positions");
    }
}
