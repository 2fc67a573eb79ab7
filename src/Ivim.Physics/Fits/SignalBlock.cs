using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Some voxels of one call, turned so that four neighbours fill a vector.</summary>
/// <remarks>
/// Padding and voxels that cannot be fitted hold 1 everywhere, so that the arithmetic stays finite; their results are
/// dropped.
/// </remarks>
internal sealed class SignalBlock
{
    /// <summary>Voxels a block; fixed, so that the work is cut in the same way for any number of threads.</summary>
    public const int Capacity = 256;

    public const int Lanes = 4;

    private readonly double[] _signals;   // [bvalues, Capacity]
    private readonly bool[] _fitted = new bool[Capacity];

    public SignalBlock(ReadOnlyMemory<float> signals, int bValues, int firstVoxel, int voxels)
    {
        (FirstVoxel, Voxels, BValues) = (firstVoxel, voxels, bValues);
        _signals = new double[bValues * Capacity];
        Array.Fill(_signals, 1.0);
        var rows = signals.Span.Slice(firstVoxel * bValues, voxels * bValues);   // [voxels, bvalues]
        for (int voxel = 0; voxel < voxels; voxel++)
        {
            var row = rows.Slice(voxel * bValues, bValues);
            _fitted[voxel] = CanBeFitted(row);
            if (!_fitted[voxel]) continue;
            for (int i = 0; i < bValues; i++) _signals[i * Capacity + voxel] = row[i];
        }
    }

    /// <summary>Index of the block's first voxel in the call.</summary>
    public int FirstVoxel { get; }

    public int Voxels { get; }

    public int BValues { get; }

    /// <summary>Voxels rounded up to whole vectors.</summary>
    public int PaddedVoxels => (Voxels + Lanes - 1) / Lanes * Lanes;

    public bool IsFitted(int voxel) => _fitted[voxel];

    /// <summary>The signals of four neighbouring voxels at b-value <paramref name="bIndex"/>.</summary>
    public Vector256<double> Load(int bIndex, int firstLane) =>
        Vector256.Create<double>(_signals.AsSpan(bIndex * Capacity + firstLane, Lanes));

    public double Signal(int bIndex, int voxel) => _signals[bIndex * Capacity + voxel];

    private static bool CanBeFitted(ReadOnlySpan<float> row)
    {
        bool anySignal = false;
        foreach (float signal in row)
        {
            if (!float.IsFinite(signal)) return false;
            anySignal |= signal != 0;
        }
        return anySignal;
    }
}
