using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>
/// Data cost and prior of the voxels of one pass, with their signals turned so that eight voxels fill a row.
/// </summary>
internal sealed class PolishDataTerm
{
    private readonly PaddedGrid _grid;
    private readonly PolishVectors _vectors;
    private readonly RicianDataTerm _term;
    private readonly NormalPrior _prior;
    private readonly float[] _signals;   // [vectors, bvalues, 8]
    private readonly float[] _sigma;     // padded
    private readonly float[] _noise;     // e σ, padded

    /// <param name="shares">e of every voxel.</param>
    public PolishDataTerm(
        PolishInput input, PaddedGrid grid, PolishVectors vectors, float[] shares, double priorWeight)
    {
        (_grid, _vectors) = (grid, vectors);
        _term = new RicianDataTerm(input.Table);
        _prior = new NormalPrior(input.Prior, priorWeight);
        _sigma = grid.Spread(voxel => input.Sigma[voxel]);
        _noise = grid.Spread(voxel => (double)shares[voxel] * input.Sigma[voxel]);
        _signals = Turned(input);
    }

    /// <summary>Twice the cost, its gradient and matrix for four voxels; no data in a lane without a voxel.</summary>
    /// <param name="half">0 for the first four voxels of the vector, 1 for the others.</param>
    public NormalEquations At(in FourVectors point, int vector, int half)
    {
        int at = _vectors.At(vector) + 4 * half, row = _term.BValues * PaddedGrid.Lanes;
        var sigma = SingleLanes.Load(_sigma, at);
        var isInside = Vector256.GreaterThan(SingleLanes.Load(_grid.Inside, at), Vector256<double>.Zero);
        var one = Vector256<double>.One;
        var noise = Vector256.ConditionalSelect(isInside, SingleLanes.Load(_noise, at), one);
        var sums = _term.At(point, _signals.AsSpan(vector * row, row), 4 * half,
            sigma * sigma, isInside & (one / (noise * noise)));
        _prior.AddTo(ref sums, point);
        return sums;
    }

    private float[] Turned(PolishInput input)
    {
        var voxelAt = new int[_grid.Count];
        Array.Fill(voxelAt, -1);
        for (int voxel = 0; voxel < _grid.Places.Length; voxel++) voxelAt[_grid.Places[voxel]] = voxel;
        int bValues = input.Table.Count;
        var turned = new float[_vectors.Count * bValues * PaddedGrid.Lanes];
        for (int i = 0; i < _vectors.Count * PaddedGrid.Lanes; i++)
        {
            var (vector, lane) = (i / PaddedGrid.Lanes, i % PaddedGrid.Lanes);
            int voxel = voxelAt[_vectors.At(vector) + lane];
            if (voxel < 0) continue;
            var row = input.Signals.Span.Slice(voxel * bValues, bValues);
            for (int b = 0; b < bValues; b++) turned[(vector * bValues + b) * PaddedGrid.Lanes + lane] = row[b];
        }
        return turned;
    }
}
