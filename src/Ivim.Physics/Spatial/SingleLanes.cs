using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Spatial;

/// <summary>Values kept in single precision and worked on in double, four at a time.</summary>
internal static class SingleLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(float[] values, int at) => Wide(Vector128.Create(values, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Wide(Vector256<float> eight, int half) =>
        Wide(half == 0 ? eight.GetLower() : eight.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Wide(Vector128<float> four) =>
        Vector256.Create(Vector128.WidenLower(four), Vector128.WidenUpper(four));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Narrow(Vector256<double> values) =>
        Vector128.Narrow(values.GetLower(), values.GetUpper());

    /// <summary>Keeps what was chosen where the mask is set, the other elsewhere.</summary>
    public static void Store(
        float[] values, int at, Vector256<double> mask, Vector256<double> chosen, Vector256<double> otherwise) =>
        Narrow(Vector256.ConditionalSelect(mask, chosen, otherwise)).CopyTo(values, at);

    /// <summary>Inside the bounds and rounded to single precision, so that what is judged is what is kept.</summary>
    public static Vector256<double> Bounded(Vector256<double> value, Bounds bounds) =>
        Wide(Narrow(Fits.DecaySums.Clamp(value, bounds)));
}
