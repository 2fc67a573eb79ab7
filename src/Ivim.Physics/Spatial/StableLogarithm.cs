namespace Ivim.Physics.Spatial;

/// <summary>
/// The natural logarithm with the same bits on every machine, as the C library's is not bound to have.
/// </summary>
internal static class StableLogarithm
{
    private const double Ln2 = 0.69314718055994530942;

    /// <param name="value">Finite, normal and above 0.</param>
    /// <remarks>
    /// x = 2ⁿ m with m in [√½, √2), log m = 2 artanh s, s = (m − 1) / (m + 1), |s| ≤ 0.172; the first term left out of
    /// the series is below 1e-18. Within 3 units in the last place of the larger of log m and n ln 2.
    /// </remarks>
    public static double Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa >= 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }
        double s = (mantissa - 1) / (mantissa + 1), square = s * s, sum = 0;
        for (int power = 23; power >= 1; power -= 2) sum = sum * square + 1.0 / power;
        return exponent * Ln2 + 2 * s * sum;
    }
}
