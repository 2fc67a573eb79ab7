using Ivim.Physics.Spatial;

namespace Ivim.Physics.Uncertainty;

/// <summary>
/// The least-squares fit of one voxel, made linear at given parameters: how each parameter answers to a small change of
/// each signal. A workspace; one thread at a time.
/// </summary>
/// <remarks>A = (JᵀWJ)⁻¹JᵀW with J the slopes of the signal along D, f, D* and S0, W the averages.</remarks>
internal sealed class LinearFit(BValueTable table)
{
    public const int Parameters = 4;

    // Parallel columns, as of D* and f where the b-values cannot tell them apart, still have an inverse.
    private const double Ridge = 1e-10;

    // Where f or D is 0 a column vanishes; METHOD.md h keeps the same distance from it.
    private const double LeastF = 1e-3, LeastDMm2PerSecond = 1e-5;

    private readonly double[] _slopes = new double[Parameters * table.Count];
    private readonly double[] _inverse = new double[Parameters * Parameters];
    private readonly double[] _model = new double[table.Count];
    private readonly double[] _scale = new double[Parameters];

    /// <summary>A, [parameters, bvalues], in the order D, f, D*, S0.</summary>
    public double[] Gains { get; } = new double[Parameters * table.Count];

    /// <summary>Standard error of each parameter by noise of standard deviation 1 in every acquired volume.</summary>
    public double[] UnitErrors { get; } = new double[Parameters];

    /// <summary>The model's signals at the parameters, length B.</summary>
    public ReadOnlySpan<double> Model => _model;

    public void At(double d, double f, double dStar, double s0)
    {
        Slopes(Math.Max(d, LeastDMm2PerSecond), Math.Clamp(f, LeastF, 1 - LeastF), dStar, s0);
        Invert();
        for (int i = 0; i < Parameters; i++)
        {
            UnitErrors[i] = Math.Sqrt(_inverse[i * Parameters + i]) * _scale[i];
            for (int b = 0; b < table.Count; b++)
            {
                double sum = 0;
                for (int j = 0; j < Parameters; j++)
                    sum += _inverse[i * Parameters + j] * _scale[j] * _slopes[j * table.Count + b];
                Gains[i * table.Count + b] = _scale[i] * table.Averages[b] * sum;
            }
        }
    }

    /// <summary>What a change of the voxel's signals does to a parameter.</summary>
    public double Answer(int parameter, ReadOnlySpan<float> change, bool fromModel)
    {
        double sum = 0;
        for (int b = 0; b < change.Length; b++)
            sum += Gains[parameter * table.Count + b] * (change[b] - (fromModel ? _model[b] : 0));
        return sum;
    }

    private void Slopes(double d, double f, double dStar, double s0)
    {
        for (int i = 0; i < table.Count; i++)
        {
            double b = table.SecondsPerMm2[i];
            double slow = StableExponential.Of(-b * d), fast = StableExponential.Of(-b * dStar);
            double relative = f * fast + (1 - f) * slow;
            _model[i] = s0 * relative;
            _slopes[i] = -s0 * (1 - f) * b * slow;
            _slopes[table.Count + i] = s0 * (fast - slow);
            _slopes[2 * table.Count + i] = -s0 * f * b * fast;
            _slopes[3 * table.Count + i] = relative;
        }
    }

    /// <summary>The inverse of JᵀWJ with a unit diagonal, by Gauss and Jordan; its pivots are positive.</summary>
    private void Invert()
    {
        Span<double> matrix = stackalloc double[Parameters * Parameters];
        for (int i = 0; i < Parameters; i++) _scale[i] = 1 / Math.Sqrt(Math.Max(Product(i, i), double.Epsilon / Ridge));
        for (int i = 0; i < Parameters; i++)
        {
            for (int j = 0; j < Parameters; j++)
            {
                matrix[i * Parameters + j] = i == j ? 1 + Ridge : Product(i, j) * _scale[i] * _scale[j];
                _inverse[i * Parameters + j] = i == j ? 1 : 0;
            }
        }
        for (int pivot = 0; pivot < Parameters; pivot++) Eliminate(matrix, pivot);
    }

    private void Eliminate(Span<double> matrix, int pivot)
    {
        double divisor = matrix[pivot * Parameters + pivot];
        for (int j = 0; j < Parameters; j++)
        {
            matrix[pivot * Parameters + j] /= divisor;
            _inverse[pivot * Parameters + j] /= divisor;
        }
        for (int i = 0; i < Parameters; i++)
        {
            double factor = matrix[i * Parameters + pivot];
            if (i == pivot) continue;
            for (int j = 0; j < Parameters; j++)
            {
                matrix[i * Parameters + j] -= factor * matrix[pivot * Parameters + j];
                _inverse[i * Parameters + j] -= factor * _inverse[pivot * Parameters + j];
            }
        }
    }

    private double Product(int one, int other)
    {
        double sum = 0;
        for (int b = 0; b < table.Count; b++)
            sum += table.Averages[b] * _slopes[one * table.Count + b] * _slopes[other * table.Count + b];
        return sum;
    }
}
