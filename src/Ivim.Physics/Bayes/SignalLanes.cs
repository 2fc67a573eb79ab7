using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Bayes;

/// <summary>The signals in slots, and the likelihood of a curve with S0 and σ integrated out.</summary>
/// <remarks>
/// ln L = −(N_b/2) ln(Σ w y² − (Σ w y g)²/Σ w g²), Orton et al. 2014, with g the signal at S0 = 1 and w = n_b, as the
/// noise of an average falls with √n_b. The bracket is summed as Σ w (y − A g)² with the best amplitude A, which does
/// not cancel in single precision. Scale free: the signals of a voxel are divided by their root mean square.
/// </remarks>
internal sealed class SignalLanes
{
    // Residuals below 1e-5 of the signal are rounding: no scanner has a signal-to-noise ratio of 100,000.
    private const float SmallestRelativeSquares = 1e-10f;

    private const float Vanished = -1000;   // e^−1000: whatever D* is, nothing beside a signal

    private readonly float[] _signals;     // [vectors, bvalues, 8 lanes], √w y
    private readonly float[] _negativeB;   // s/mm²
    private readonly float[] _logRoot;     // ln √w
    private readonly float[] _fastLogRoot; // the same, or nothing where perfused water is taken to have vanished

    /// <param name="cutoffSecondsPerMm2">
    /// From this b on the likelihood knows the slow term only; infinite: nowhere.
    /// </param>
    public SignalLanes(ReadOnlySpan<float> signals, BValueTable table, VoxelSlots slots,
        double cutoffSecondsPerMm2 = double.PositiveInfinity)
    {
        BValues = table.Count;
        double most = table.Averages.Max();
        _negativeB = [.. table.SecondsPerMm2.Select(b => (float)-b)];
        _logRoot = [.. table.Averages.Select(n => (float)(0.5 * Math.Log(n / most)))];
        _fastLogRoot = [.. table.SecondsPerMm2.Select((b, i) => b >= cutoffSecondsPerMm2 ? Vanished : _logRoot[i])];
        _signals = new float[slots.Count * BValues];
        Array.Fill(_signals, 1f);
        for (int slot = 0; slot < slots.Count; slot++)
        {
            int voxel = slots.VoxelOf[slot];
            if (voxel == VoxelSlots.Padding) continue;
            var row = signals.Slice(voxel * BValues, BValues);
            double squares = 0;
            for (int i = 0; i < BValues; i++) squares += table.Averages[i] / most * row[i] * (double)row[i];
            double scale = Math.Sqrt(BValues / squares);
            int first = slot / FloatLanes.Count * FloatLanes.Count * BValues + slot % FloatLanes.Count;
            for (int i = 0; i < BValues; i++)
                _signals[first + i * FloatLanes.Count] = (float)(row[i] * scale * Math.Sqrt(table.Averages[i] / most));
        }
    }

    public int BValues { get; }

    /// <summary>Writes √w exp(−b D) of eight voxels, [bvalues, 8 lanes].</summary>
    public void WriteSlow(Vector256<float> mm2PerSecond, ref float curve) => Write(mm2PerSecond, _logRoot, ref curve);

    /// <summary>Writes √w exp(−b D*) of eight voxels, [bvalues, 8 lanes]; 0 from the cut-off on.</summary>
    public void WriteFast(Vector256<float> mm2PerSecond, ref float curve) =>
        Write(mm2PerSecond, _fastLogRoot, ref curve);

    /// <summary>ln L of eight voxels.</summary>
    /// <param name="slow">√w exp(−b D), [bvalues, 8 lanes].</param>
    /// <param name="fast">√w exp(−b D*), [bvalues, 8 lanes].</param>
    /// <param name="model">Scratch, [bvalues, 8 lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> LogLikelihood(
        int firstSlot, Vector256<float> f, ref float slow, ref float fast, ref float model)
    {
        ref float signals = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_signals), firstSlot * BValues);
        var gg = Vector256.Create(1e-30f);   // a curve that has vanished everywhere explains nothing, and is not NaN
        var yg = Vector256<float>.Zero;
        for (int i = 0; i < BValues; i++)
        {
            var lane = (nuint)(i * FloatLanes.Count);
            var s = Vector256.LoadUnsafe(ref slow, lane);
            var g = Vector256.FusedMultiplyAdd(f, Vector256.LoadUnsafe(ref fast, lane) - s, s);
            g.StoreUnsafe(ref model, lane);
            gg = Vector256.FusedMultiplyAdd(g, g, gg);
            yg = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref signals, lane), g, yg);
        }
        var negativeAmplitude = -(yg / gg);
        var squares = Vector256<float>.Zero;
        for (int i = 0; i < BValues; i++)
        {
            var lane = (nuint)(i * FloatLanes.Count);
            var residual = Vector256.FusedMultiplyAdd(
                negativeAmplitude, Vector256.LoadUnsafe(ref model, lane), Vector256.LoadUnsafe(ref signals, lane));
            squares = Vector256.FusedMultiplyAdd(residual, residual, squares);
        }
        squares = Vector256.MaxNative(squares, Vector256.Create(SmallestRelativeSquares * BValues));
        return FloatLanes.Log(squares) * Vector256.Create(-0.5f * BValues);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(Vector256<float> mm2PerSecond, float[] logRoots, ref float curve)
    {
        ref float negativeB = ref MemoryMarshal.GetArrayDataReference(_negativeB);
        ref float logRoot = ref MemoryMarshal.GetArrayDataReference(logRoots);
        for (int i = 0; i < BValues; i++)
        {
            var exponent = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref negativeB, i)), mm2PerSecond,
                Vector256.Create(Unsafe.Add(ref logRoot, i)));
            FloatLanes.Exp(exponent).StoreUnsafe(ref curve, (nuint)(i * FloatLanes.Count));
        }
    }
}
