namespace Ivim.Physics.Bayes;

/// <summary>Σ d and Σ d dᵀ of d = θ − reference over voxels; the reference keeps the squares small.</summary>
internal struct PopulationSums
{
    public double D0, D1, D2, D00, D01, D02, D11, D12, D22;

    public void Add(in PopulationSums other)
    {
        D0 += other.D0;
        D1 += other.D1;
        D2 += other.D2;
        D00 += other.D00;
        D01 += other.D01;
        D02 += other.D02;
        D11 += other.D11;
        D12 += other.D12;
        D22 += other.D22;
    }

    public void Add(double d0, double d1, double d2)
    {
        D0 += d0;
        D1 += d1;
        D2 += d2;
        D00 += d0 * d0;
        D01 += d0 * d1;
        D02 += d0 * d2;
        D11 += d1 * d1;
        D12 += d1 * d2;
        D22 += d2 * d2;
    }

    /// <summary>Mean of d.</summary>
    public readonly double[] Mean(int voxels) => [D0 / voxels, D1 / voxels, D2 / voxels];

    /// <summary>Σ (d − c)(d − c)ᵀ over the voxels, [3, 3].</summary>
    public readonly double[] ScatterAbout(ReadOnlySpan<double> c, int voxels)
    {
        ReadOnlySpan<double> sums = [D0, D1, D2];
        double[] scatter = [D00, D01, D02, D01, D11, D12, D02, D12, D22];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                scatter[3 * i + j] += voxels * c[i] * c[j] - c[i] * sums[j] - c[j] * sums[i];
        return scatter;
    }
}
