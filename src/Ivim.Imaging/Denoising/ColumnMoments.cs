using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// First and second moments over the columns of a patch (one x, all its y and z): neighbours along x share all but one,
/// so a patch's covariance is a sum of a few column moments.
/// </summary>
internal sealed class ColumnMoments(int volumes, int columns, int samplesPerColumn)
{
    private readonly int _stride = RowKernels.Padded(volumes);
    private readonly double[] _samples = new double[samplesPerColumn * RowKernels.Padded(volumes)];
    private readonly double[] _second = new double[columns * volumes * RowKernels.Padded(volumes)];
    private readonly double[] _first = new double[columns * RowKernels.Padded(volumes)];
    private readonly bool[] _finite = new bool[columns];

    /// <summary>One sample of the column that is being filled, [stride].</summary>
    public Span<double> Sample(int index) => _samples.AsSpan(index * _stride, _stride);

    /// <summary>Takes the filled samples as column x, in the place of the one that left the patch.</summary>
    public void Close(int x, bool finite)
    {
        int slot = x % columns;
        _finite[slot] = finite;
        if (!finite) return;
        var first = _first.AsSpan(slot * _stride, _stride);
        first.Clear();
        for (int s = 0; s < samplesPerColumn; s++) RowKernels.AddScaled(first, 1, Sample(s));
        for (int row = 0; row < volumes; row += 4) FourRows(slot * volumes * _stride, row);
    }

    /// <summary>True if every voxel of the patch is finite.</summary>
    public bool AllFinite => !_finite.AsSpan().Contains(false);

    /// <summary>The covariance over all columns, divided by the number of samples.</summary>
    /// <param name="mean">Receives [stride].</param>
    /// <param name="matrix">Receives [volumes, stride], both triangles, padding 0.</param>
    public void Covariance(Span<double> mean, Span<double> matrix)
    {
        double scale = 1.0 / (columns * samplesPerColumn);
        mean[.._stride].Clear();
        for (int c = 0; c < columns; c++) RowKernels.AddScaled(mean, scale, _first.AsSpan(c * _stride, _stride));
        ref double source = ref MemoryMarshal.GetArrayDataReference(_second);
        ref double target = ref MemoryMarshal.GetReference(matrix);
        ref double m = ref MemoryMarshal.GetReference(mean);
        nuint size = (nuint)(volumes * _stride);
        var factor = Vector256.Create(scale);
        for (int row = 0; row < volumes; row++)
        {
            nuint start = (nuint)(row * _stride);
            var minus = Vector256.Create(-mean[row]);
            for (nuint i = (nuint)(row & ~3); i < (nuint)_stride; i += 4)
            {
                var sum = Vector256.LoadUnsafe(ref source, start + i);
                for (nuint c = 1; c < (nuint)columns; c++)
                    sum += Vector256.LoadUnsafe(ref source, c * size + start + i);
                Vector256.FusedMultiplyAdd(minus, Vector256.LoadUnsafe(ref m, i), sum * factor)
                    .StoreUnsafe(ref target, start + i);
            }
            for (int column = 0; column < row; column++)
                matrix[row * _stride + column] = matrix[column * _stride + row];
        }
    }

    /// <summary>Σ over samples of four rows of x xᵀ, from the block that holds the diagonal on.</summary>
    private void FourRows(int slot, int row)
    {
        ref double x = ref MemoryMarshal.GetArrayDataReference(_samples);
        ref double target = ref MemoryMarshal.GetArrayDataReference(_second);
        int rows = Math.Min(4, volumes - row);
        nuint stride = (nuint)_stride, end = (nuint)_samples.Length;
        for (nuint i = (nuint)row; i < stride; i += 4)
        {
            Vector256<double> a = default, b = default, c = default, d = default;
            for (nuint s = 0; s < end; s += stride)
            {
                var value = Vector256.LoadUnsafe(ref x, s + i);
                var own = Vector256.LoadUnsafe(ref x, s + (nuint)row);
                a = Vector256.FusedMultiplyAdd(Vector256.Create(own[0]), value, a);
                b = Vector256.FusedMultiplyAdd(Vector256.Create(own[1]), value, b);
                c = Vector256.FusedMultiplyAdd(Vector256.Create(own[2]), value, c);
                d = Vector256.FusedMultiplyAdd(Vector256.Create(own[3]), value, d);
            }
            nuint start = (nuint)(slot + row * _stride) + i;
            a.StoreUnsafe(ref target, start);
            if (rows > 1) b.StoreUnsafe(ref target, start + stride);
            if (rows > 2) c.StoreUnsafe(ref target, start + 2 * stride);
            if (rows > 3) d.StoreUnsafe(ref target, start + 3 * stride);
        }
    }
}
