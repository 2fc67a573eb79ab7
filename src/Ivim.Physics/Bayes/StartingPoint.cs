using Ivim.Physics.Fits;

namespace Ivim.Physics.Bayes;

/// <summary>Where chains begin: θ of every voxel and the population they seem to come from.</summary>
/// <param name="Theta">[3][voxels]; 0 where a voxel is not fitted.</param>
internal sealed record StartingPoint(double[][] Theta, Population Population)
{
    private const int Parameters = Bayes.Population.Parameters;

    /// <summary>
    /// Standard deviations of the starts of chains about the least squares, and of the first proposals: the first
    /// steps of Orton's program.
    /// </summary>
    public static readonly double[] Dispersion = [0.2, 0.5, 0.5];

    // Of the start only. A voxel is divided by its largest signal, so that S0 is near 1 from below or above.
    private static readonly ParameterBounds FitBounds = new() { S0 = new Bounds(0.5, 3) };

    /// <summary>Least squares; a parameter that ended on a bound starts at the median of those that did not.</summary>
    public static StartingPoint LeastSquares(
        BayesInput input, IReadOnlyList<int> fitted, ThetaLimits limits, int threads)
    {
        var relative = input.Signals.ToArray();
        foreach (int voxel in fitted)
        {
            var row = relative.AsSpan(voxel * input.Table.Count, input.Table.Count);
            float largest = 0;
            foreach (float signal in row) largest = Math.Max(largest, Math.Abs(signal));
            for (int i = 0; i < row.Length; i++) row[i] /= largest;
        }
        var options = new FitOptions { DegreeOfParallelism = threads };
        var fit = LeastSquaresFit.Fit(relative, input.Table, FitBounds, options);
        double[][] theta = [
            Walkable(fit.D, FitBounds.D, fitted, 0, limits), Walkable(fit.F, FitBounds.F, fitted, 1, limits),
            Walkable(fit.DStar, FitBounds.DStar, fitted, 2, limits)];
        foreach (int voxel in fitted)   // D* above D, as the sampler wants it
            theta[2][voxel] = Math.Max(theta[2][voxel], theta[0][voxel] + 0.1);
        return new StartingPoint(theta, Describe(theta, fitted));
    }

    private static double[] Walkable(
        float[] values, Bounds bounds, IReadOnlyList<int> fitted, int parameter, ThetaLimits limits)
    {
        double margin = 0.005 * bounds.Width;
        bool IsInside(int voxel) => values[voxel] > bounds.Lower + margin && values[voxel] < bounds.Upper - margin;
        double[] inside = [.. fitted.Where(IsInside).Select(voxel => (double)values[voxel]).Order()];
        double median = inside.Length > 0 ? inside[inside.Length / 2] : (bounds.Lower + bounds.Upper) / 2;
        var theta = new double[values.Length];
        foreach (int voxel in fitted)
        {
            double value = IsInside(voxel) ? values[voxel] : median;
            theta[voxel] = limits.Inside(parameter, parameter == 1 ? Bayes.Theta.Logit(value) : Math.Log(value));
        }
        return theta;
    }

    // Mean and covariance over the voxels, as chains begin dispersed about them. A prior that is too narrow at the
    // start would hold voxels where the least squares left them.
    private static Population Describe(double[][] theta, IReadOnlyList<int> fitted)
    {
        double[] mean = [.. theta.Select(values => fitted.Sum(voxel => values[voxel]) / fitted.Count)];
        var covariance = new double[Parameters * Parameters];
        for (int i = 0; i < Parameters; i++)
        {
            for (int j = 0; j < Parameters; j++)
            {
                double sum = fitted.Sum(voxel => (theta[i][voxel] - mean[i]) * (theta[j][voxel] - mean[j]));
                covariance[Parameters * i + j] = sum / fitted.Count + (i == j ? Dispersion[i] * Dispersion[i] : 0);
            }
        }
        return new Population(mean, covariance);
    }
}
