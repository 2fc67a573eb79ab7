using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>Mean power of residuals over the frequencies 0 to n/2 along one axis.</summary>
internal static class NoiseSpectrum
{
    // More volumes would sharpen nothing.
    private const int MostVolumes = 24;

    public static double[] AlongX(GlobalResiduals residuals)
    {
        int width = residuals.Block.Whole.Width;
        return Along(residuals, width, line => line * width, 1);
    }

    public static double[] AlongY(GlobalResiduals residuals)
    {
        int width = residuals.Block.Whole.Width, height = residuals.Block.Whole.Height;
        return Along(residuals, height, line => line / width * width * height + line % width, width);
    }

    private static double[] Along(GlobalResiduals residuals, int length, Func<int, int> start, int step)
    {
        int volumes = residuals.Block.Whole.Volumes, lines = residuals.Mask.Length / length;
        int[] chosen = [.. Enumerable.Range(0, Math.Min(volumes, MostVolumes))
            .Select(i => (int)((long)i * volumes / Math.Min(volumes, MostVolumes)))];
        var waves = Waves(length);
        var powers = new double[chosen.Length][];
        for (int i = 0; i < chosen.Length; i++)
        {
            var values = residuals.Volume(chosen[i]);
            powers[i] = new double[length / 2 + 1];
            var row = new double[RowKernels.Padded(length)];
            for (int line = 0; line < lines; line++)
            {
                bool any = false;
                for (int k = 0; k < length; k++) any |= (row[k] = values[start(line) + k * step]) != 0;
                if (!any) continue;
                for (int f = 0; f < powers[i].Length; f++)
                {
                    double real = RowKernels.Dot(row, waves[2 * f]), imaginary = RowKernels.Dot(row, waves[2 * f + 1]);
                    powers[i][f] += real * real + imaginary * imaginary;
                }
            }
        }
        return [.. Enumerable.Range(0, length / 2 + 1).Select(f => powers.Sum(power => power[f]))];
    }

    /// <summary>Cosines and sines of each frequency, in turn.</summary>
    private static double[][] Waves(int length) =>
        [.. Enumerable.Range(0, 2 * (length / 2 + 1)).Select(i =>
        {
            var wave = new double[RowKernels.Padded(length)];
            for (int k = 0; k < length; k++)
            {
                double angle = 2 * Math.PI * ((long)(i / 2) * k % length) / length;
                wave[k] = i % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle);
            }
            return wave;
        })];
}
