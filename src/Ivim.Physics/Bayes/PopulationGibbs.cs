namespace Ivim.Physics.Bayes;

/// <summary>Draws μ and Σ given every voxel's θ: the Gibbs step of the hierarchical prior.</summary>
/// <remarks>
/// Orton et al., Magn Reson Med 71 (2014) 411, doi 10.1002/mrm.24649, with the hyper-prior p(μ, Σ) ∝ |Σ|^(−1/2): μ |
/// Σ, θ ~ N(mean θ, Σ/n); Σ | μ, θ ~ inverse Wishart(Σᵢ (θᵢ − μ)(θᵢ − μ)ᵀ, n − 3). Their published program adds 10 I
/// to the scale and 23 to the degrees of freedom; <see cref="BayesOptions.HyperPriorScale"/> and its companion can do
/// the same.
/// </remarks>
internal static class PopulationGibbs
{
    private const int Parameters = Population.Parameters;

    /// <param name="covariance">Σ of the sweep before, [3, 3].</param>
    /// <param name="sums">About <paramref name="reference"/>.</param>
    /// <param name="stream">A stream that no other draw reads.</param>
    public static Population Draw(in PopulationSums sums, ReadOnlySpan<double> reference, int voxels,
        ReadOnlySpan<double> covariance, (double Scale, double Degrees) hyperPrior, RandomStream stream)
    {
        var lower = Matrix3.Cholesky(covariance)
            ?? throw new InvalidOperationException("the covariance of the population is not positive definite");
        var mean = sums.Mean(voxels);   // becomes μ − reference
        for (int i = Parameters - 1; i >= 0; i--)
        {
            double step = 0;
            for (int k = 0; k <= i; k++) step += lower[Parameters * i + k] * stream.Gaussian((ulong)k);
            mean[i] += step / Math.Sqrt(voxels);
        }
        var scatter = sums.ScatterAbout(mean, voxels);
        for (int i = 0; i < Parameters; i++) scatter[(Parameters + 1) * i] += hyperPrior.Scale;
        double degrees = voxels - 3 + hyperPrior.Degrees;
        for (int i = 0; i < Parameters; i++) mean[i] += reference[i];
        return new Population(mean, InverseWishart.Draw(scatter, degrees, stream.Child(1)));
    }
}
