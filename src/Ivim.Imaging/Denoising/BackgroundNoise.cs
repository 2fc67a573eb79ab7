using System.Globalization;
using Ivim.Physics;
using Ivim.Physics.Noise;

namespace Ivim.Imaging.Denoising;

/// <summary>The noise level from the air around the body, by two estimators.</summary>
/// <param name="SigmaFromMean">√(2/π) x mode of the local means, scanner units.</param>
/// <param name="SigmaFromSecondMoment">√(mode of the local second moments / 2), scanner units.</param>
/// <remarks>
/// Aja-Fernandez, Alberola-Lopez and Westin, IEEE Trans Image Process 17 (2008) 1383, doi 10.1109/TIP.2008.925382: in
/// air the magnitude is Rayleigh, and no local statistic is as frequent as that of air. The modes are looked for in the
/// logarithm, where air is one narrow peak whatever its level and tissue is spread out. Right for one coil or few, and
/// for noise that no filter or resampling has changed.
/// </remarks>
public sealed record BackgroundNoise(double SigmaFromMean, double SigmaFromSecondMoment)
{
    // 7 x 7 voxels of one slice: a local mean then spreads by 7 %, and its mode is sharp.
    private const int Window = 7;
    private const double Spread = 0.07;

    // In air both say the same within a few per cent; where there is a signal the ratio is not that of Rayleigh noise:
    // tissue at a signal-to-noise ratio of 3 makes them differ by 8 %, of 5 by 11 %.
    private const double LargestDisagreement = 0.06;

    // Rounded noise holds single zeros, but no window of them.
    private const double LargestShareOfZeroWindows = 0.05;

    public double Sigma => SigmaFromMean;

    /// <param name="block">Whole slices, all volumes, magnitudes.</param>
    /// <exception cref="RefusalException">
    /// NOISE-BACKGROUND-ZEROED: zeros where air should be. NOISE-NO-BACKGROUND: the most frequent level is not that of
    /// Rayleigh noise.
    /// </exception>
    public static BackgroundNoise Of(SliceBlock block)
    {
        List<double> means = [], seconds = [];
        int zeros = 0;
        for (int volume = 0; volume < block.Whole.Volumes; volume++)
        {
            for (int slice = 0; slice < block.Slices; slice++)
                zeros += AddWindows(block, volume, slice, means, seconds);
        }
        double share = zeros / Math.Max(1.0, zeros + means.Count);
        if (share > LargestShareOfZeroWindows)
            throw new RefusalException("NOISE-BACKGROUND-ZEROED", Percent($"{100 * share:0} % of the image set to 0"),
                "noise around the body", "estimate the noise by Marchenko-Pastur, or give it");
        if (means.Count == 0) throw NoBackground("no window of finite values");
        double mean = Math.Sqrt(2 / Math.PI) * Mode(means, Spread), second = Math.Sqrt(Mode(seconds, 2 * Spread) / 2);
        if (!(Math.Abs(mean / second - 1) <= LargestDisagreement))
            throw NoBackground(Percent($"two estimates that differ by {100 * Math.Abs(mean / second - 1):0} %"));
        return new BackgroundNoise(mean, second);
    }

    private static RefusalException NoBackground(string found) =>
        new("NOISE-NO-BACKGROUND", found, "air around the body, with Rayleigh noise",
            "estimate the noise by Marchenko-Pastur, or give it");

    private static string Percent(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Mode(List<double> values, double bandwidth) =>
        Math.Exp(DensityMode.Of([.. values.Select(value => Math.Log(value))], bandwidth));

    /// <summary>Windows side by side, so that they are independent.</summary>
    /// <returns>How many hold nothing but zeros.</returns>
    private static int AddWindows(SliceBlock block, int volume, int slice, List<double> means, List<double> seconds)
    {
        int zeros = 0;
        int width = block.Whole.Width, height = block.Whole.Height;
        var image = block.Volume(volume).Slice(slice * width * height, width * height);
        int wide = Math.Min(Window, width), high = Math.Min(Window, height);
        for (int y = 0; y + high <= height; y += high)
        {
            for (int x = 0; x + wide <= width; x += wide)
            {
                double sum = 0, squares = 0;
                for (int row = y; row < y + high; row++)
                {
                    foreach (float value in image.Slice(row * width + x, wide))
                    {
                        sum += value;
                        squares += (double)value * value;
                    }
                }
                if (squares == 0) zeros++;
                if (!(sum > 0 && double.IsFinite(squares))) continue;
                means.Add(sum / (wide * high));
                seconds.Add(squares / (wide * high));
            }
        }
        return zeros;
    }
}
