using Ivim.Physics;
using Ivim.Physics.Noise;

namespace Ivim.Learning.Start;

/// <summary>Simulates what a start is trained on.</summary>
internal static class StartSignals
{
    private const ulong TissuePart = 1, NoisePart = 2;

    /// <summary>[voxels, B].</summary>
    public static float[] Draw(StartRecipe recipe, BValueList b, ulong seed)
    {
        var noise = new RandomStream(seed).Child(NoisePart);
        var signals = new float[recipe.Voxels * b.Count];
        var row = new double[b.Count];
        for (int voxel = 0; voxel < recipe.Voxels; voxel++)
        {
            var (tissue, signalToNoise) = Voxel(recipe, seed, voxel);
            IvimSignal.Predict(tissue, b.SecondsPerMm2.AsSpan(), row);
            for (int i = 0; i < row.Length; i++)
            {
                var model = new NoiseModel(recipe.Noise, 1 / (signalToNoise * Math.Sqrt(b.Averages[i])), noise);
                row[i] = model.Apply(row[i], (ulong)voxel * (ulong)row.Length + (ulong)i);
            }
            double reference = Reference(row, b);
            for (int i = 0; i < row.Length; i++) signals[voxel * row.Length + i] = (float)(row[i] / reference);
        }
        return signals;
    }

    public static (IvimParameters Tissue, double SignalToNoise) Voxel(StartRecipe recipe, ulong seed, int voxel)
    {
        var stream = new RandomStream(seed).Child(TissuePart);
        ulong draw = 4 * (ulong)voxel;
        var tissue = IvimParameters.From(
            stream.Uniform(draw, recipe.D.Lower, recipe.D.Upper),
            stream.Uniform(draw + 1, recipe.F.Lower, recipe.F.Upper),
            LogUniform(stream.Uniform(draw + 2), recipe.DStar));
        return (tissue, LogUniform(stream.Uniform(draw + 3), recipe.SignalToNoise));
    }

    private static double LogUniform(double share, Bounds range) =>
        range.Lower * Math.Exp(share * Math.Log(range.Upper / range.Lower));

    /// <summary>
    /// The mean over all volumes of b = 0, or of the lowest b-value where there is none: as a study's signals are.
    /// </summary>
    private static double Reference(double[] row, BValueList b)
    {
        double sum = 0, volumes = 0;
        int lowest = Math.Max(b.Zeros, b.SecondsPerMm2.Count(value => value == b.SecondsPerMm2[0]));
        for (int i = 0; i < lowest; i++) (sum, volumes) = (sum + b.Averages[i] * row[i], volumes + b.Averages[i]);
        return sum / volumes;
    }
}
