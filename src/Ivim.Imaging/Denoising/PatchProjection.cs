using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>Adds weight x (mean + projection of (signal − mean) on the kept components) to the voxels of a
/// patch.</summary>
/// <remarks>Equations 1 to 3 of Manjon et al., PLoS ONE 8 (2013) e73021, doi 10.1371/journal.pone.0073021.</remarks>
internal sealed class PatchProjection(int volumes, int samples)
{
    private readonly int _stride = RowKernels.Padded(volumes);
    private readonly double[] _vectors = new double[volumes * RowKernels.Padded(volumes)];
    private readonly double[] _turned = new double[RowKernels.Padded(volumes) * RowKernels.Padded(volumes)];
    private readonly double[] _constant = new double[RowKernels.Padded(volumes)];
    private readonly double[] _scores = new double[RowKernels.Padded(samples) * RowKernels.Padded(volumes)];
    private int _kept, _keptStride;
    private double _weight;

    public void Prepare(SymmetricSpectrum spectrum, int kept, ReadOnlySpan<double> mean, double weight)
    {
        (_kept, _keptStride, _weight) = (kept, RowKernels.Padded(kept), weight);
        if (kept == volumes) return;
        spectrum.LeadingVectors(kept, _vectors);
        Array.Clear(_constant);
        RowKernels.AddScaled(_constant, weight, mean[.._stride]);
        Array.Clear(_turned, 0, _keptStride * volumes);
        for (int k = 0; k < kept; k++)
        {
            var vector = _vectors.AsSpan(k * _stride, _stride);
            RowKernels.AddScaled(_constant, -weight * RowKernels.Dot(vector, mean), vector);
            for (int v = 0; v < volumes; v++) _turned[v * _keptStride + k] = weight * vector[v];
        }
    }

    /// <param name="signals">[voxel, volume padded].</param>
    /// <param name="estimates">As the signals.</param>
    /// <param name="voxels">Of the patch.</param>
    public void Add(double[] signals, double[] estimates, ReadOnlySpan<int> voxels)
    {
        if (_kept == volumes)
        {
            foreach (int voxel in voxels)
                RowKernels.AddScaled(estimates.AsSpan(voxel * _stride), _weight,
                    signals.AsSpan(voxel * _stride, _stride));
            return;
        }
        for (int first = 0; first < voxels.Length; first += 4) Score(signals, voxels, first);
        for (int s = 0; s < voxels.Length; s++)
            Estimate(estimates, voxels[s] * _stride, _scores.AsSpan(s * _keptStride, _keptStride));
    }

    /// <summary>Four voxels at a time, so that the sums do not wait for each other; the last may come twice.</summary>
    private void Score(double[] signals, ReadOnlySpan<int> voxels, int first)
    {
        ref double x = ref MemoryMarshal.GetArrayDataReference(signals);
        ref double w = ref MemoryMarshal.GetArrayDataReference(_turned);
        int last = voxels.Length - 1;
        int a = voxels[first] * _stride, b = voxels[Math.Min(first + 1, last)] * _stride;
        int c = voxels[Math.Min(first + 2, last)] * _stride, d = voxels[Math.Min(first + 3, last)] * _stride;
        for (int k = 0; k < _keptStride; k += 4)
        {
            Vector256<double> sumA = default, sumB = default, sumC = default, sumD = default;
            for (int v = 0; v < volumes; v++)
            {
                var weight = Vector256.LoadUnsafe(ref w, (nuint)(v * _keptStride + k));
                sumA = Vector256.FusedMultiplyAdd(Vector256.Create(signals[a + v]), weight, sumA);
                sumB = Vector256.FusedMultiplyAdd(Vector256.Create(signals[b + v]), weight, sumB);
                sumC = Vector256.FusedMultiplyAdd(Vector256.Create(signals[c + v]), weight, sumC);
                sumD = Vector256.FusedMultiplyAdd(Vector256.Create(signals[d + v]), weight, sumD);
            }
            Store(sumA, first, k);
            Store(sumB, first + 1, k);
            Store(sumC, first + 2, k);
            Store(sumD, first + 3, k);
        }
    }

    private void Store(Vector256<double> scores, int sample, int k) =>
        scores.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_scores), (nuint)(sample * _keptStride + k));

    private void Estimate(double[] estimates, int start, ReadOnlySpan<double> scores)
    {
        ref double target = ref MemoryMarshal.GetArrayDataReference(estimates);
        ref double constant = ref MemoryMarshal.GetArrayDataReference(_constant);
        ref double rows = ref MemoryMarshal.GetArrayDataReference(_vectors);
        nuint stride = (nuint)_stride, origin = (nuint)start;
        for (nuint i = 0; i < stride; i += 4)
        {
            var sum = Vector256.LoadUnsafe(ref target, origin + i) + Vector256.LoadUnsafe(ref constant, i);
            for (int k = 0; k < _kept; k++)
            {
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(scores[k]),
                    Vector256.LoadUnsafe(ref rows, (nuint)k * stride + i), sum);
            }
            sum.StoreUnsafe(ref target, origin + i);
        }
    }
}
