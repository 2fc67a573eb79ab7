using CsCheck;
using Ivim.Physics.Numerics;

namespace Ivim.Physics.Tests.Numerics;

public sealed class SymmetricSpectrumTests
{
    /// <summary>Rounding of some hundred operations on entries of the size of the norm.</summary>
    private const double Tolerance = 1e-13;

    [Fact]
    public void Values_and_vectors_satisfy_the_definition_for_any_size_and_spread() =>
        Gen.Select(Gen.Int[1, 60], Gen.ULong, Gen.Double[0, 12]).Sample((order, seed, decades) =>
            Check(Random(order, seed, decades), order), iter: 30);

    [Fact]
    public void Equal_eigenvalues_still_get_orthogonal_vectors()
    {
        foreach (int order in new[] { 1, 2, 3, 12, 33 })
        {
            var identity = new double[order, order];
            for (int i = 0; i < order; i++) identity[i, i] = 2;
            Check(identity, order);
            Check(new double[order, order], order);
            Check(Rank(order, 2), order);
        }
    }

    [Fact]
    public void The_second_difference_matrix_has_its_known_spectrum()
    {
        const int Order = 42;
        var matrix = new double[Order, Order];
        for (int i = 0; i < Order; i++)
        {
            matrix[i, i] = 2;
            if (i > 0) matrix[i, i - 1] = matrix[i - 1, i] = -1;
        }
        var spectrum = Solve(matrix, Order);
        for (int i = 0; i < Order; i++)
            Assert.Equal(2 - 2 * Math.Cos((i + 1) * Math.PI / (Order + 1)), spectrum.Values[i], 4 * Tolerance);
    }

    [Fact]
    public void A_matrix_with_NaN_is_refused()
    {
        var matrix = new double[5, 5];
        matrix[2, 3] = matrix[3, 2] = double.NaN;
        Assert.Throws<ArithmeticException>(() => Solve(matrix, 5));
    }

    private static void Check(double[,] matrix, int order)
    {
        var spectrum = Solve(matrix, order);
        double norm = 1e-300;
        foreach (double entry in matrix) norm = Math.Max(norm, Math.Abs(entry) * order);
        var vectors = new double[order * spectrum.Stride];
        spectrum.LeadingVectors(order, vectors);
        for (int a = 0; a < order; a++)
        {
            var vector = vectors.AsSpan(a * spectrum.Stride, order);
            double value = spectrum.Values[order - 1 - a];
            for (int i = 0; i < order; i++)
            {
                double product = 0;
                for (int j = 0; j < order; j++) product += matrix[i, j] * vector[j];
                Assert.InRange(Math.Abs(product - value * vector[i]), 0, Tolerance * norm);
            }
            for (int b = 0; b <= a; b++)
                Assert.Equal(a == b ? 1 : 0, Dot(vector, vectors.AsSpan(b * spectrum.Stride, order)), Tolerance);
        }
        double trace = 0;
        for (int i = 0; i < order; i++) trace += matrix[i, i] - spectrum.Values[i];
        Assert.InRange(Math.Abs(trace), 0, Tolerance * norm);
    }

    private static SymmetricSpectrum Solve(double[,] matrix, int order)
    {
        var spectrum = new SymmetricSpectrum(order);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++) spectrum.Matrix[i * spectrum.Stride + j] = matrix[i, j];
        }
        spectrum.Solve();
        return spectrum;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>A covariance whose columns spread over some decades, as signal above noise does.</summary>
    private static double[,] Random(int order, ulong seed, double decades)
    {
        var stream = new RandomStream(seed);
        return Covariance(order, 2 * order, (row, sample) => stream.Gaussian((ulong)(row * 1000 + sample))
            * Math.Pow(10, -decades * row / (2.0 * order)));
    }

    private static double[,] Rank(int order, int rank) =>
        Covariance(order, rank, (row, sample) => 1.0 / (1 + row + 3 * sample));

    private static double[,] Covariance(int order, int samples, Func<int, int, double> entry)
    {
        var matrix = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int s = 0; s < samples; s++) matrix[i, j] += entry(i, s) * entry(j, s);
                matrix[j, i] = matrix[i, j];
            }
        }
        return matrix;
    }
}
