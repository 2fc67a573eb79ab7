namespace Ivim.Physics.Bayes;

/// <summary>Draws a covariance from an inverse Wishart distribution of size 3.</summary>
/// <remarks>
/// Σ⁻¹ = (L A)(L A)ᵀ with L Lᵀ = scale⁻¹ and Bartlett's A: standard normals below the diagonal, on it the roots of
/// chi-square variates with ν − i degrees of freedom, i = 0, 1, 2. Chi-square by Marsaglia and Tsang, ACM Trans Math
/// Softw 26 (2000) 363.
/// </remarks>
internal static class InverseWishart
{
    private const int Size = Matrix3.Size;
    private const ulong DrawsOfOneChiSquare = 64;   // a rejection is rarer than 5 %: 32 in a row do not happen

    /// <param name="scale">Ψ, [3, 3]; the mean of the draws is Ψ/(ν − 4).</param>
    /// <param name="degreesOfFreedom">ν, above 2.</param>
    /// <exception cref="RefusalException">BAYES-PRIOR-DEGENERATE: the scale is not positive definite.</exception>
    public static double[] Draw(ReadOnlySpan<double> scale, double degreesOfFreedom, RandomStream stream)
    {
        var psi = new Population([0, 0, 0], scale.ToArray());
        var lower = Matrix3.Cholesky(psi.Precision())!;
        var bartlett = new double[Size * Size];
        ulong draw = 0;
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < row; column++) bartlett[Size * row + column] = stream.Gaussian(draw++);
            bartlett[Size * row + row] = Math.Sqrt(ChiSquare(degreesOfFreedom - row, stream.Child((ulong)row)));
        }
        var root = Matrix3.Times(lower, bartlett);   // lower triangular with a positive diagonal: a Cholesky factor
        return Matrix3.InverseOfCholesky(root);
    }

    private static double ChiSquare(double degreesOfFreedom, RandomStream stream)
    {
        // Below one degree and a half of shape the method wants another: raise the shape by 1 and shrink.
        double shape = degreesOfFreedom / 2;
        if (shape < 1)
        {
            double shrink = Math.Pow(stream.Uniform(2 * DrawsOfOneChiSquare), 1 / shape);
            return 2 * Gamma(shape + 1, stream) * shrink;
        }
        return 2 * Gamma(shape, stream);
    }

    private static double Gamma(double shape, RandomStream stream)
    {
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        for (ulong draw = 0; draw < DrawsOfOneChiSquare; draw++)
        {
            double x = stream.Gaussian(draw), cube = 1 + c * x;
            if (cube <= 0) continue;
            cube = cube * cube * cube;
            if (Math.Log(stream.Uniform(draw)) < 0.5 * x * x + d - d * cube + d * Math.Log(cube)) return d * cube;
        }
        throw new InvalidOperationException("no gamma variate was accepted");
    }
}
