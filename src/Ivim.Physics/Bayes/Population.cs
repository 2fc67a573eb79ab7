namespace Ivim.Physics.Bayes;

/// <summary>What a voxel's θ = (ln D, logit f, ln D*) is drawn from: a normal distribution over the study.</summary>
/// <param name="Mean">μ, length 3; D and D* in mm²/s before the logarithm.</param>
/// <param name="Covariance">Σ, [3, 3], symmetric and positive definite.</param>
public sealed record Population(IReadOnlyList<double> Mean, IReadOnlyList<double> Covariance)
{
    internal const int Parameters = Matrix3.Size;

    /// <summary>Numbers that <see cref="Write"/> needs: μ and the upper triangle of Σ.</summary>
    internal const int Numbers = 9;

    /// <exception cref="RefusalException">BAYES-PRIOR-DEGENERATE: Σ is not positive definite.</exception>
    internal double[] Precision()
    {
        double[] covariance = [.. Covariance];
        var lower = Matrix3.Cholesky(covariance) ?? throw new RefusalException("BAYES-PRIOR-DEGENERATE",
            "a covariance over the voxels that is not positive definite", "voxels that differ in D, f and D*",
            "fit a region with more voxels, or with tissue that varies");
        return Matrix3.InverseOfCholesky(lower);
    }

    internal void Write(Span<double> numbers)
    {
        int next = 0;
        for (int i = 0; i < Parameters; i++) numbers[next++] = Mean[i];
        for (int i = 0; i < Parameters; i++)
            for (int j = i; j < Parameters; j++) numbers[next++] = Covariance[Parameters * i + j];
    }

    internal static Population Read(ReadOnlySpan<double> numbers)
    {
        var covariance = new double[Parameters * Parameters];
        int next = Parameters;
        for (int i = 0; i < Parameters; i++)
        {
            for (int j = i; j < Parameters; j++)
                covariance[Parameters * i + j] = covariance[Parameters * j + i] = numbers[next++];
        }
        return new Population(numbers[..Parameters].ToArray(), covariance);
    }
}
