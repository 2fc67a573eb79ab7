namespace Ivim.Physics.Numerics;

/// <summary>All eigenvalues of a symmetric tridiagonal matrix.</summary>
/// <remarks>
/// The rational QL iteration of Pal, Walker and Kahan with Wilkinson's shift: Parlett, The Symmetric Eigenvalue Problem
/// (1998), sections 8.14 and 8.15.
/// </remarks>
internal static class TridiagonalValues
{
    private const double Precision = 2.220446049250313e-16;
    private const int MostSweeps = 60;

    /// <param name="d">The diagonal; becomes the eigenvalues, ascending.</param>
    /// <param name="squares">Squares of the off-diagonal, one fewer; destroyed.</param>
    /// <exception cref="ArithmeticException">No convergence: the matrix holds NaN.</exception>
    public static void Solve(Span<double> d, Span<double> squares)
    {
        int n = d.Length;
        double norm = 0;
        for (int i = 0; i < n; i++)
            norm = Math.Max(norm, Math.Abs(d[i]) + (i < n - 1 ? Math.Sqrt(squares[i]) : 0));
        double negligible = Precision * norm * (Precision * norm);
        for (int first = 0; first < n; first++)
        {
            for (int sweep = 0; ; sweep++)
            {
                int last = first;
                while (last < n - 1 && squares[last] > negligible) last++;
                if (last == first) break;
                if (sweep == MostSweeps || !double.IsFinite(d[first])) throw new ArithmeticException("no eigenvalues");
                Sweep(d, squares, first, last);
            }
        }
        d.Sort();
    }

    private static void Sweep(Span<double> d, Span<double> squares, int first, int last)
    {
        double root = Math.Sqrt(squares[first]);
        double ratio = (d[first + 1] - d[first]) / (2 * root);
        double shift = d[first] - root / (ratio + Math.CopySign(Math.Sqrt(ratio * ratio + 1), ratio));
        double cosine = 1, sine = 0, gamma = d[last] - shift, product = gamma * gamma;
        for (int i = last - 1; i >= first; i--)
        {
            double square = squares[i], sum = product + square;
            if (i != last - 1) squares[i + 1] = sine * sum;
            double oldCosine = cosine, oldGamma = gamma, inverse = 1 / sum;
            cosine = product * inverse;
            sine = square * inverse;
            gamma = cosine * (d[i] - shift) - sine * oldGamma;
            d[i + 1] = oldGamma + (d[i] - gamma);
            product = cosine != 0 ? gamma * gamma / cosine : oldCosine * square;
        }
        squares[first] = sine * product;
        d[first] = shift + gamma;
    }
}
