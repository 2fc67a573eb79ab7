using System.Collections.Immutable;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Volumes;

/// <summary>Finds the body in the reference image. Deterministic; the rule is in docs/input.md.</summary>
public static class AutomaticMask
{
    // Coil sensitivity spreads tissue over a decade and more; in the logarithm it is one hump beside that of the noise.
    private const double LogarithmSteepness = 100;

    // Air is far darker than twice below the body: if the two classes are closer, the image shows tissue everywhere.
    private const double LeastContrast = 2;

    // Keeps both legs, drops ghosts and fat specks.
    private const double LeastShareOfLargestPart = 0.05;

    /// <exception cref="Physics.RefusalException">MASK-EMPTY: no voxel has a signal.</exception>
    public static (VoxelMask Mask, ImmutableArray<InputWarning> Warnings) Of(
        ImageShape shape, ReferenceSignal reference)
    {
        var smooth = MedianFilter.InPlane(shape, reference.Signal);
        bool[] body = Threshold(smooth, out bool everywhere);
        if (everywhere)
            return (new VoxelMask(shape, body),
                [new("MASK-WHOLE-IMAGE", "no dark background was found: every voxel with a signal is mapped")]);
        MaskParts.DropSmall(shape, body, LeastShareOfLargestPart);
        MaskParts.FillHoles(shape, body);
        return (new VoxelMask(shape, body), []);
    }

    private static bool[] Threshold(float[] smooth, out bool everywhere)
    {
        float[] positive = [.. smooth.Where(value => value > 0)];
        everywhere = true;
        if (positive.Length == 0) return new bool[smooth.Length];
        Array.Sort(positive);
        double bright = positive[(int)(0.99 * (positive.Length - 1))];
        var logarithms = Array.ConvertAll(smooth, value =>
            Math.Log(1 + LogarithmSteepness * Math.Min(value, bright) / bright));
        double threshold = OtsuThreshold.Of(logarithms, Math.Log(1 + LogarithmSteepness));
        bool[] body = Array.ConvertAll(logarithms, value => value > threshold);
        everywhere = Contrast(smooth, body) < LeastContrast;
        return everywhere ? Array.ConvertAll(smooth, value => value > 0) : body;
    }

    private static double Contrast(float[] smooth, bool[] body)
    {
        double inside = 0, outside = 0;
        int insideCount = 0;
        for (int i = 0; i < smooth.Length; i++)
        {
            if (!body[i]) outside += smooth[i];
            else (inside, insideCount) = (inside + smooth[i], insideCount + 1);
        }
        int outsideCount = smooth.Length - insideCount;
        if (insideCount == 0 || outsideCount == 0) return 0;
        return outside == 0 ? double.PositiveInfinity : inside / insideCount / (outside / outsideCount);
    }
}
