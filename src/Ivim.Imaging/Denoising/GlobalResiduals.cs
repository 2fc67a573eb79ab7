using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// What the leading principal components of a whole region leave of its signals: mostly noise, and unlike the residuals
/// of a local denoiser not shaped by a patch.
/// </summary>
public sealed class GlobalResiduals
{
    /// <summary>An IVIM signal has four parameters.</summary>
    public const int Components = 4;

    private GlobalResiduals(SliceBlock block, bool[] mask, float[] values, double deviation) =>
        (Block, Mask, Values, Deviation) = (block, mask, values, deviation);

    public SliceBlock Block { get; }

    /// <summary>[z, y, x] of the block.</summary>
    public bool[] Mask { get; }

    /// <summary>
    /// float32 [volume, z, y, x]: residual / its root mean square over the volumes of the voxel, so that a bright organ
    /// counts no more than a dark one; 0 outside the mask.
    /// </summary>
    public float[] Values { get; }

    /// <summary>
    /// Median over the mask of the residuals' standard deviation, scanner units: noise, and what four components do not
    /// explain. A sigma far below it is one that took noise for structure.
    /// </summary>
    public double Deviation { get; }

    public ReadOnlySpan<float> Volume(int index) => Values.AsSpan(index * Mask.Length, Mask.Length);

    /// <param name="mask">[z, y, x] of the block: tissue. Voxels that are not finite are left out.</param>
    public static GlobalResiduals Of(SliceBlock block, bool[] mask)
    {
        if (mask.Length != block.VoxelsPerVolume) throw new ArgumentException("one value per voxel", nameof(mask));
        int volumes = block.Whole.Volumes, voxels = mask.Length, stride = RowKernels.Padded(volumes);
        var inside = (bool[])mask.Clone();
        for (int i = 0; i < block.Voxels.Length; i++) inside[i % voxels] &= float.IsFinite(block.Voxels[i]);
        int[] chosen = [.. Enumerable.Range(0, voxels).Where(i => inside[i])];
        var residuals = new float[block.Voxels.Length];
        int components = Math.Min(Components, volumes - 1);
        if (chosen.Length <= volumes) return new(block, new bool[voxels], residuals, double.NaN);

        var mean = new double[stride];
        var vectors = new double[components * stride];
        Leading(block, chosen, mean, vectors, components);
        var signal = new double[stride];
        var sizes = new List<double>(chosen.Length);
        foreach (int voxel in chosen)
        {
            for (int v = 0; v < volumes; v++) signal[v] = block.Voxels[v * voxels + voxel] - mean[v];
            for (int k = 0; k < components; k++)
            {
                var vector = vectors.AsSpan(k * stride, stride);
                RowKernels.AddScaled(signal, -RowKernels.Dot(vector, signal), vector);
            }
            double size = Math.Sqrt(RowKernels.Dot(signal, signal) / volumes);
            sizes.Add(size * Math.Sqrt((double)volumes / (volumes - components)));
            if (size == 0) continue;
            for (int v = 0; v < volumes; v++) residuals[v * voxels + voxel] = (float)(signal[v] / size);
        }
        return new(block, inside, residuals, sizes.Order().ElementAt(sizes.Count / 2));
    }

    private static void Leading(SliceBlock block, int[] chosen, double[] mean, double[] vectors, int components)
    {
        int volumes = block.Whole.Volumes, voxels = block.VoxelsPerVolume;
        var spectrum = new SymmetricSpectrum(volumes);
        for (int v = 0; v < volumes; v++)
        {
            foreach (int voxel in chosen) mean[v] += block.Voxels[v * voxels + voxel];
            mean[v] /= chosen.Length;
        }
        for (int a = 0; a < volumes; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0;
                foreach (int voxel in chosen)
                    sum += (block.Voxels[a * voxels + voxel] - mean[a]) * (block.Voxels[b * voxels + voxel] - mean[b]);
                spectrum.Matrix[a * spectrum.Stride + b] = sum / chosen.Length;
                spectrum.Matrix[b * spectrum.Stride + a] = sum / chosen.Length;
            }
        }
        spectrum.Solve();
        spectrum.LeadingVectors(components, vectors);
    }
}
