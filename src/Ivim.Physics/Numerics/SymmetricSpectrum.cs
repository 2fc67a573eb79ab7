namespace Ivim.Physics.Numerics;

/// <summary>
/// Eigenvalues of a symmetric matrix, and the eigenvectors of its largest ones only: what a local principal component
/// analysis asks for. A workspace, to be used again and again by one thread.
/// </summary>
/// <remarks>
/// Householder reduction to tridiagonal form, eigenvalues by the square-root-free QL iteration, vectors by inverse
/// iteration. Sums have a fixed order, so the same matrix gives the same bits on every machine with IEEE arithmetic.
/// Absolute error of an eigenvalue: some 1e-15 of the largest.
/// </remarks>
public sealed class SymmetricSpectrum
{
    private readonly HouseholderReduction _reduction;
    private readonly TridiagonalVectors _inverse;
    private readonly double[] _diagonal, _offDiagonal, _values, _squares;

    /// <param name="order">Rows of the matrix, at least 1.</param>
    public SymmetricSpectrum(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        (Order, Stride) = (order, RowKernels.Padded(order));
        _reduction = new HouseholderReduction(order);
        _inverse = new TridiagonalVectors(order);
        (_diagonal, _offDiagonal) = (new double[order], new double[order]);
        (_values, _squares) = (new double[order], new double[order]);
    }

    public int Order { get; }

    /// <summary>Length of a row in memory: a multiple of 4, the entries behind the order are 0.</summary>
    public int Stride { get; }

    /// <summary>The matrix, [order, stride], both triangles: filled by the caller, destroyed by
    /// <see cref="Solve"/>.</summary>
    public Span<double> Matrix => _reduction.Matrix;

    /// <summary>Ascending.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Computes <see cref="Values"/> from <see cref="Matrix"/>.</summary>
    /// <exception cref="ArithmeticException">The matrix holds NaN or infinity.</exception>
    public void Solve()
    {
        _reduction.Reduce(_diagonal, _offDiagonal);
        _diagonal.CopyTo(_values, 0);
        for (int i = 0; i < Order - 1; i++) _squares[i] = _offDiagonal[i] * _offDiagonal[i];
        TridiagonalValues.Solve(_values, _squares);
    }

    /// <summary>Eigenvectors of the largest eigenvalues of the matrix that was solved last, largest first.</summary>
    /// <param name="rows">Receives unit vectors [count, stride], padding 0; a vector's sign is arbitrary but
    /// reproducible.</param>
    public void LeadingVectors(int count, Span<double> rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Order);
        _inverse.Begin(_diagonal, _offDiagonal);
        for (int i = 0; i < count; i++) _inverse.Append(_values[Order - 1 - i], i, rows, Stride);
        for (int i = 0; i < count; i++) _reduction.TransformBack(rows.Slice(i * Stride, Stride));
    }
}
