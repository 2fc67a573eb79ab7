namespace Ivim.Physics.Bayes;

/// <summary>What the sampler needs of symmetric positive definite 3 × 3 matrices, [3, 3] in rows.</summary>
internal static class Matrix3
{
    public const int Size = 3;

    /// <summary>Lower L with L Lᵀ = m, or null where m is not positive definite.</summary>
    public static double[]? Cholesky(ReadOnlySpan<double> m)
    {
        var lower = new double[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = m[Size * row + column];
                for (int k = 0; k < column; k++) sum -= lower[Size * row + k] * lower[Size * column + k];
                if (row != column) lower[Size * row + column] = sum / lower[Size * column + column];
                else if (sum > 0 && double.IsFinite(sum)) lower[Size * row + column] = Math.Sqrt(sum);
                else return null;
            }
        }
        return lower;
    }

    /// <summary>The inverse of L Lᵀ.</summary>
    public static double[] InverseOfCholesky(ReadOnlySpan<double> lower)
    {
        var inverse = new double[Size * Size];   // of L
        for (int column = 0; column < Size; column++)
        {
            for (int row = column; row < Size; row++)
            {
                double sum = row == column ? 1 : 0;
                for (int k = column; k < row; k++) sum -= lower[Size * row + k] * inverse[Size * k + column];
                inverse[Size * row + column] = sum / lower[Size * row + row];
            }
        }
        return TransposeTimes(inverse);
    }

    /// <summary>m mᵀ.</summary>
    public static double[] TimesTranspose(ReadOnlySpan<double> m)
    {
        var product = new double[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                for (int k = 0; k < Size; k++)
                    product[Size * row + column] += m[Size * row + k] * m[Size * column + k];
            }
        }
        return product;
    }

    public static double[] Times(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var product = new double[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                for (int k = 0; k < Size; k++)
                    product[Size * row + column] += left[Size * row + k] * right[Size * k + column];
            }
        }
        return product;
    }

    // mᵀ m
    private static double[] TransposeTimes(ReadOnlySpan<double> m)
    {
        Span<double> turned = stackalloc double[Size * Size];
        for (int row = 0; row < Size; row++)
            for (int column = 0; column < Size; column++) turned[Size * row + column] = m[Size * column + row];
        return TimesTranspose(turned);
    }
}
