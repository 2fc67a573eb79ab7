namespace Ivim.Physics.Bayes;

/// <summary>Where one chain stands: arrays over slots, a parameter after the other.</summary>
internal sealed class Chain
{
    public const int Parameters = Population.Parameters;

    public Chain(int slots, int bValues, ulong key)
    {
        Random = new LanePhilox(key);
        for (int i = 0; i < Parameters; i++)
        {
            Theta[i] = new float[slots + 1];
            Theta[i][slots] = NeighbourTable.FarAway;
            Step[i] = new float[slots];
            Accepted[i] = new float[slots];
        }
        LogLikelihood = new float[slots];
        Curves = new float[2 * bValues * slots];
    }

    public LanePhilox Random { get; }

    /// <summary>θ, [3][slots + 1].</summary>
    public float[][] Theta { get; } = new float[Parameters][];

    /// <summary>Standard deviation of a proposal, [3][slots].</summary>
    public float[][] Step { get; } = new float[Parameters][];

    /// <summary>Proposals accepted since the last adaptation, [3][slots].</summary>
    public float[][] Accepted { get; } = new float[Parameters][];

    /// <summary>μ and Σ as <see cref="Population.Write"/> leaves them.</summary>
    public double[] PopulationNumbers { get; } = new double[Population.Numbers];

    /// <summary>The same for the sweep: μ, then Σ⁻¹ [3, 3].</summary>
    public float[] Prior { get; } = new float[Parameters + Matrix3.Size * Matrix3.Size];

    /// <summary>ln L at θ, [slots]; follows from θ.</summary>
    public float[] LogLikelihood { get; }

    /// <summary>√w exp(−b D) and √w exp(−b D*), [vectors, 2, bvalues, 8 lanes]; follow from θ.</summary>
    public float[] Curves { get; }

    /// <summary>What cannot be computed again.</summary>
    public IEnumerable<Array> State => [.. Theta, .. Step, .. Accepted, PopulationNumbers];

    public void Set(Population population)
    {
        population.Write(PopulationNumbers);
        RefreshPrior();
    }

    public void RefreshPrior()
    {
        var population = Population.Read(PopulationNumbers);
        var precision = population.Precision();
        for (int i = 0; i < Parameters; i++) Prior[i] = (float)population.Mean[i];
        for (int i = 0; i < precision.Length; i++) Prior[Parameters + i] = (float)precision[i];
    }
}
