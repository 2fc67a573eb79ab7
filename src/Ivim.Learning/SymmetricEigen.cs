namespace Ivim.Learning;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, in double precision and a fixed order.</summary>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 60;

    /// <summary>Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th ed., section 8.5).</summary>
    /// <param name="symmetric">[n, n]; overwritten.</param>
    /// <returns>
    /// Eigenvalues descending, and the eigenvectors as rows [n, n], of length 1. A vector's sign is the one that
    /// makes its largest entry (the first of equals) positive.
    /// </returns>
    public static (double[] Values, double[,] Vectors) Decompose(double[,] symmetric)
    {
        int n = symmetric.GetLength(0);
        var vectors = new double[n, n];
        for (int i = 0; i < n; i++) vectors[i, i] = 1;
        double tiny = 1e-30 * SumOfSquares(symmetric, offDiagonalOnly: false);
        for (int sweep = 0; sweep < MaximumSweeps && SumOfSquares(symmetric, offDiagonalOnly: true) > tiny; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++) Rotate(symmetric, vectors, p, q);
            }
        }
        return Sort(symmetric, vectors);
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;
        int n = a.GetLength(0);
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < n; k++) (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (int k = 0; k < n; k++) (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
        for (int k = 0; k < n; k++)
        {
            (vectors[p, k], vectors[q, k]) =
                (c * vectors[p, k] - s * vectors[q, k], s * vectors[p, k] + c * vectors[q, k]);
        }
    }

    private static double SumOfSquares(double[,] a, bool offDiagonalOnly)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) sum += offDiagonalOnly && i == j ? 0 : a[i, j] * a[i, j];
        }
        return sum;
    }

    private static (double[] Values, double[,] Vectors) Sort(double[,] diagonal, double[,] rows)
    {
        int n = diagonal.GetLength(0);
        // stable: ties keep their order
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => diagonal[i, i])];
        var vectors = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int largest = 0;
            for (int k = 1; k < n; k++)
            {
                if (Math.Abs(rows[order[i], k]) > Math.Abs(rows[order[i], largest])) largest = k;
            }
            double sign = rows[order[i], largest] < 0 ? -1 : 1;
            for (int k = 0; k < n; k++) vectors[i, k] = sign * rows[order[i], k];
        }
        return ([.. order.Select(i => diagonal[i, i])], vectors);
    }
}
