using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Numerics;

/// <summary>A symmetric matrix to tridiagonal form by reflections, and vectors back from there.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 4th ed., section 8.3.1.</remarks>
internal sealed class HouseholderReduction
{
    // Far below the rounding of an entry, 1e-16 of the largest.
    private const double Resolution = 1e-18;

    private readonly int _order, _stride;
    private readonly double[] _matrix, _reflectors, _factors, _product, _update;
    private double _negligible;

    public HouseholderReduction(int order)
    {
        (_order, _stride) = (order, RowKernels.Padded(order));
        (_matrix, _reflectors) = (new double[order * _stride], new double[order * _stride]);
        (_factors, _product, _update) = (new double[order], new double[_stride], new double[_stride]);
    }

    /// <summary>[order, stride].</summary>
    public Span<double> Matrix => _matrix;

    /// <param name="diagonal">Receives order entries.</param>
    /// <param name="offDiagonal">Receives order - 1 entries.</param>
    public void Reduce(Span<double> diagonal, Span<double> offDiagonal)
    {
        double norm = 0;
        for (int k = 0; k < _order; k++) norm = Math.Max(norm, Math.Abs(_matrix[k * _stride + k]));
        _negligible = Resolution * norm * (Resolution * norm);
        for (int k = 0; k < _order - 2; k++)
        {
            int from = (k + 1) / RowKernels.Lanes * RowKernels.Lanes;
            diagonal[k] = _matrix[k * _stride + k];
            offDiagonal[k] = Reflect(k, from);
            if (_factors[k] == 0) continue;
            Multiply(k, from);
            MakeUpdate(k, from);
            Update(k, from);
        }
        for (int k = Math.Max(0, _order - 2); k < _order; k++)
        {
            diagonal[k] = _matrix[k * _stride + k];
            if (k < _order - 1) offDiagonal[k] = _matrix[k * _stride + k + 1];
        }
    }

    /// <summary>A vector of the tridiagonal matrix becomes one of the matrix that was reduced.</summary>
    public void TransformBack(Span<double> vector)
    {
        for (int k = _order - 3; k >= 0; k--)
        {
            if (_factors[k] == 0) continue;
            int from = (k + 1) / RowKernels.Lanes * RowKernels.Lanes;
            var reflector = Reflector(k, from);
            double scale = _factors[k] * RowKernels.Dot(reflector, vector[from..]);
            RowKernels.AddScaled(vector[from..], -scale, reflector);
        }
    }

    private Span<double> Reflector(int k, int from) => _reflectors.AsSpan(k * _stride + from, _stride - from);

    /// <summary>The reflection that leaves one entry of row k beside the diagonal; returns that entry.</summary>
    private double Reflect(int k, int from)
    {
        var reflector = Reflector(k, from);
        _matrix.AsSpan(k * _stride + from, _stride - from).CopyTo(reflector);
        reflector[..(k + 1 - from)].Clear();
        double head = reflector[k + 1 - from];
        double squares = RowKernels.Dot(reflector, reflector);
        double rest = squares - head * head;
        if (!double.IsFinite(squares)) throw new ArithmeticException("the matrix holds NaN or infinity");
        // A matrix of low rank ends in entries that shrink until their squares underflow.
        if (rest <= Math.Max(_negligible, Resolution * Resolution * squares))
        {
            _factors[k] = 0;
            return head;
        }
        double length = head >= 0 ? -Math.Sqrt(squares) : Math.Sqrt(squares);
        double first = head - length;
        reflector[k + 1 - from] = first;
        _factors[k] = -1 / (length * first);
        return length;
    }

    /// <summary>product = matrix · reflector, over the rows that are left; symmetric, so row by row.</summary>
    private void Multiply(int k, int from)
    {
        ref double a = ref MemoryMarshal.GetArrayDataReference(_matrix);
        ref double p = ref MemoryMarshal.GetArrayDataReference(_product);
        Array.Clear(_product);
        int row = k + 1;
        for (; row + 3 < _order; row += 4)
        {
            int own = k * _stride + row;
            var v0 = Vector256.Create(_reflectors[own]);
            var v1 = Vector256.Create(_reflectors[own + 1]);
            var v2 = Vector256.Create(_reflectors[own + 2]);
            var v3 = Vector256.Create(_reflectors[own + 3]);
            nuint stride = (nuint)_stride, start = (nuint)row * stride;
            for (nuint i = (nuint)from; i < stride; i += RowKernels.Lanes)
            {
                var sum = Vector256.LoadUnsafe(ref p, i);
                sum = Vector256.FusedMultiplyAdd(v0, Vector256.LoadUnsafe(ref a, start + i), sum);
                sum = Vector256.FusedMultiplyAdd(v1, Vector256.LoadUnsafe(ref a, start + stride + i), sum);
                sum = Vector256.FusedMultiplyAdd(v2, Vector256.LoadUnsafe(ref a, start + 2 * stride + i), sum);
                sum = Vector256.FusedMultiplyAdd(v3, Vector256.LoadUnsafe(ref a, start + 3 * stride + i), sum);
                sum.StoreUnsafe(ref p, i);
            }
        }
        for (; row < _order; row++)
            RowKernels.AddScaled(_product.AsSpan(from), _reflectors[k * _stride + row],
                _matrix.AsSpan(row * _stride + from, _stride - from));
    }

    private void MakeUpdate(int k, int from)
    {
        var reflector = Reflector(k, from);
        var product = _product.AsSpan(from);
        // Entries before the rows that are left are no part of the product.
        product[..(k + 1 - from)].Clear();
        double factor = _factors[k];
        double half = 0.5 * factor * factor * RowKernels.Dot(reflector, product);
        var update = _update.AsSpan(from);
        for (int i = 0; i < update.Length; i++) update[i] = factor * product[i] - half * reflector[i];
    }

    /// <summary>matrix -= reflector updateᵀ + update reflectorᵀ, both triangles.</summary>
    private void Update(int k, int from)
    {
        ref double a = ref MemoryMarshal.GetArrayDataReference(_matrix);
        ref double v = ref MemoryMarshal.GetArrayDataReference(_reflectors);
        ref double w = ref MemoryMarshal.GetArrayDataReference(_update);
        nuint stride = (nuint)_stride, reflector = (nuint)(k * _stride);
        for (int row = k + 1; row < _order; row++)
        {
            var ownReflector = Vector256.Create(-_reflectors[k * _stride + row]);
            var ownUpdate = Vector256.Create(-_update[row]);
            nuint start = (nuint)(row * _stride);
            for (nuint i = (nuint)from; i < stride; i += RowKernels.Lanes)
            {
                var value = Vector256.LoadUnsafe(ref a, start + i);
                value = Vector256.FusedMultiplyAdd(ownReflector, Vector256.LoadUnsafe(ref w, i), value);
                value = Vector256.FusedMultiplyAdd(ownUpdate, Vector256.LoadUnsafe(ref v, reflector + i), value);
                value.StoreUnsafe(ref a, start + i);
            }
        }
    }
}
