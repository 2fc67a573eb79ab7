using Ivim.Physics;

namespace Ivim.Learning.Tests;

/// <summary>Voxels of eight tissues with variation inside each, their noisy relative signals, and the truth.</summary>
/// <remarks>
/// Tissue means as in the tables of the OSIPI TF2.4 code collection (XCAT and brain phantoms); within a tissue D, f
/// and D* vary log-normally by 8, 15 and 20 %. Gaussian noise of standard deviation 1 / SNR, divided by the true S0.
/// </remarks>
internal sealed record SimulatedVoxels(float[] Signals, double[][] Truth, BValueTable B)
{
    public static BValueTable TwelveB { get; } = new([0, 10, 20, 30, 40, 50, 75, 100, 150, 250, 400, 600]);

    public static BValueTable SixteenB { get; } = new([0, 5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 350, 400, 550,
        700, 850]);

    private static readonly (double D, double F, double DStar)[] Tissues =
    [
        (1.5e-3, 0.11, 0.1), (2.12e-3, 0.097, 0.02), (2.09e-3, 0.158, 0.019), (1.3e-3, 0.2, 0.03),
        (1.3e-3, 0.15, 0.01), (1.32e-3, 0.055, 0.094), (1.09e-3, 0.23, 0.07), (1.47e-3, 0.103, 0.031),
    ];

    public static SimulatedVoxels Draw(int voxels, double snr, BValueTable b, ulong seed = 7)
    {
        var (tissue, noise) = (new RandomStream(seed).Child(1), new RandomStream(seed).Child(2));
        var signals = new float[voxels * b.Count];
        var truth = new double[voxels][];
        for (int v = 0; v < voxels; v++)
        {
            var mean = Tissues[v % Tissues.Length];
            double Vary(double value, double by, int k) => value * Math.Exp(by * tissue.Gaussian((ulong)(3 * v + k)));
            truth[v] = [Vary(mean.D, 0.08, 0), Math.Min(0.6, Vary(mean.F, 0.15, 1)), Vary(mean.DStar, 0.2, 2)];
            for (int i = 0; i < b.Count; i++)
            {
                double clean = Signal(truth[v], b.SecondsPerMm2[i]);
                signals[v * b.Count + i] = (float)(clean + noise.Gaussian((ulong)(v * b.Count + i)) / snr);
            }
        }
        return new SimulatedVoxels(signals, truth, b);
    }

    /// <summary>Le Bihan et al. 1988, relative to S0; tissue is D, f, D*.</summary>
    public static double Signal(double[] tissue, double b) =>
        tissue[1] * Math.Exp(-b * tissue[2]) + (1 - tissue[1]) * Math.Exp(-b * tissue[0]);

    public TrainingSet Training() => new(Signals, B);

    public int Voxels => Truth.Length;

    /// <summary>Root mean squared errors of D, f, D*.</summary>
    public double[] Errors(ParameterMaps maps) =>
        [Error(maps.D, 0), Error(maps.F, 1), Error(maps.DStar, 2)];

    /// <summary>The errors of the best constant maps: the standard deviations of the truth.</summary>
    public double[] ConstantErrors() => [.. Enumerable.Range(0, 3).Select(k =>
    {
        double mean = Truth.Average(t => t[k]);
        return Math.Sqrt(Truth.Average(t => (t[k] - mean) * (t[k] - mean)));
    })];

    private double Error(float[] map, int k) =>
        Math.Sqrt(map.Select((value, v) => (value - Truth[v][k]) * (value - Truth[v][k])).Average());
}
