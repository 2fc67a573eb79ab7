namespace Ivim.Physics.Numerics;

/// <summary>Some eigenvectors of a symmetric tridiagonal matrix, from their eigenvalues.</summary>
/// <remarks>
/// Inverse iteration with partial pivoting; each vector is kept orthogonal to those before it: Golub and Van Loan,
/// Matrix Computations, 4th ed., section 8.2.2, and Wilkinson, The Algebraic Eigenvalue Problem (1965), 5.53 to 5.56.
/// </remarks>
internal sealed class TridiagonalVectors(int order)
{
    private const double Precision = 2.220446049250313e-16;
    private const int Iterations = 3;

    private readonly double[] _pivot = new double[order], _next = new double[order], _afterNext = new double[order];
    private readonly double[] _multiplier = new double[order];
    private readonly bool[] _swapped = new bool[order];
    private double[] _diagonal = [], _offDiagonal = [];
    private double _norm, _lastValue;

    public void Begin(double[] diagonal, double[] offDiagonal)
    {
        (_diagonal, _offDiagonal) = (diagonal, offDiagonal);
        _norm = 1e-150; // a matrix of zeros has a size too, far from underflow
        for (int i = 0; i < order; i++)
            _norm = Math.Max(_norm, Math.Abs(diagonal[i]) + (i < order - 1 ? Math.Abs(offDiagonal[i]) : 0));
        _lastValue = double.PositiveInfinity;
    }

    /// <param name="value">Eigenvalues come in descending order.</param>
    /// <param name="rows">[index + 1 or more, stride]; row <paramref name="index"/> is written.</param>
    public void Append(double value, int index, Span<double> rows, int stride)
    {
        // Equal shifts would give equal vectors.
        value = Math.Min(value, _lastValue - 10 * Precision * _norm);
        _lastValue = value;
        Factor(value);
        var vector = rows.Slice(index * stride, stride);
        vector.Clear();
        for (int i = 0; i < order; i++) vector[i] = Start(i, index);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Solve(vector, forward: iteration > 0);
            Normalise(vector);
            for (int other = 0; other < index; other++)
            {
                var row = rows.Slice(other * stride, stride);
                RowKernels.AddScaled(vector, -RowKernels.Dot(row, vector), row);
            }
            Normalise(vector);
        }
    }

    /// <summary>Without pattern, so that no eigenvector is orthogonal to it: fractions of multiples of the golden
    /// ratio.</summary>
    private static double Start(int i, int index)
    {
        double turn = (i + 1) * 0.6180339887498949 + index * 0.41421356237309503;
        return 0.5 + (turn - Math.Floor(turn));
    }

    /// <summary>Row by row: the larger of two candidates becomes the pivot.</summary>
    private void Factor(double value)
    {
        double pivot = _diagonal[0] - value, next = order > 1 ? _offDiagonal[0] : 0;
        double tiny = Precision * _norm;
        for (int i = 0; i < order - 1; i++)
        {
            double below = _offDiagonal[i], belowDiagonal = _diagonal[i + 1] - value;
            double belowNext = i < order - 2 ? _offDiagonal[i + 1] : 0;
            _swapped[i] = Math.Abs(below) > Math.Abs(pivot);
            if (_swapped[i])
            {
                double factor = _multiplier[i] = pivot / below;
                (_pivot[i], _next[i], _afterNext[i]) = (below, belowDiagonal, belowNext);
                (pivot, next) = (next - factor * belowDiagonal, -factor * belowNext);
            }
            else
            {
                if (Math.Abs(pivot) < tiny) pivot = tiny;
                double factor = _multiplier[i] = below / pivot;
                (_pivot[i], _next[i], _afterNext[i]) = (pivot, next, 0);
                (pivot, next) = (belowDiagonal - factor * next, belowNext);
            }
        }
        _pivot[order - 1] = Math.Abs(pivot) < tiny ? tiny : pivot;
    }

    private void Solve(Span<double> x, bool forward)
    {
        for (int i = 0; forward && i < order - 1; i++)
        {
            if (_swapped[i]) (x[i], x[i + 1]) = (x[i + 1], x[i] - _multiplier[i] * x[i + 1]);
            else x[i + 1] -= _multiplier[i] * x[i];
        }
        for (int i = order - 1; i >= 0; i--)
        {
            double sum = x[i];
            if (i < order - 1) sum -= _next[i] * x[i + 1];
            if (i < order - 2) sum -= _afterNext[i] * x[i + 2];
            x[i] = sum / _pivot[i];
        }
    }

    private static void Normalise(Span<double> vector)
    {
        double largest = 0;
        foreach (double entry in vector) largest = Math.Max(largest, Math.Abs(entry));
        if (largest == 0) return;
        foreach (ref double entry in vector) entry /= largest;
        double scale = 1 / Math.Sqrt(RowKernels.Dot(vector, vector));
        foreach (ref double entry in vector) entry *= scale;
    }
}
