namespace Ivim.Physics.Numerics;

/// <summary>Scores of many signals on the first principal components of them all.</summary>
public static class PrincipalScores
{
    /// <param name="signals">[voxels, bvalues].</param>
    /// <param name="components">Fewer where there are not so many b-values.</param>
    /// <returns>[voxels, components], each signal less the mean on the leading eigenvectors of the
    /// covariance.</returns>
    public static float[] Of(float[] signals, int bValues, int components)
    {
        int voxels = signals.Length / bValues, kept = Math.Min(components, bValues);
        var mean = Mean(signals, bValues, voxels);
        var spectrum = Covariance(signals, mean, voxels);
        int stride = RowKernels.Padded(bValues);
        var vectors = new double[kept * stride];
        spectrum.Solve();
        spectrum.LeadingVectors(kept, vectors);
        var scores = new float[voxels * kept];
        for (int voxel = 0; voxel < voxels; voxel++)
        {
            for (int k = 0; k < kept; k++)
            {
                double score = 0;
                for (int b = 0; b < bValues; b++)
                    score += vectors[k * stride + b] * (signals[voxel * bValues + b] - mean[b]);
                scores[voxel * kept + k] = (float)score;
            }
        }
        return scores;
    }

    private static double[] Mean(float[] signals, int bValues, int voxels)
    {
        var mean = new double[bValues];
        for (int i = 0; i < voxels * bValues; i++) mean[i % bValues] += signals[i];
        for (int b = 0; b < bValues; b++) mean[b] /= voxels;
        return mean;
    }

    private static SymmetricSpectrum Covariance(float[] signals, double[] mean, int voxels)
    {
        int bValues = mean.Length;
        var spectrum = new SymmetricSpectrum(bValues);
        for (int a = 0; a < bValues; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0;
                for (int voxel = 0; voxel < voxels; voxel++)
                    sum += (signals[voxel * bValues + a] - mean[a]) * (signals[voxel * bValues + b] - mean[b]);
                spectrum.Matrix[a * spectrum.Stride + b] = spectrum.Matrix[b * spectrum.Stride + a] = sum / voxels;
            }
        }
        return spectrum;
    }
}
