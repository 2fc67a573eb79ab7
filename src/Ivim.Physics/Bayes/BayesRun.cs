namespace Ivim.Physics.Bayes;

/// <summary>
/// The Bayesian IVIM fit of a whole study by Markov chain Monte Carlo, sweep by sweep: hierarchical shrinkage prior,
/// then, if asked for, the spatial prior with the first stage's μ and Σ.
/// </summary>
/// <remarks>
/// Orton et al. 2014, doi 10.1002/mrm.24649; Spinner, Federau and Kozerke 2021, doi 10.1016/j.media.2021.102144. Same
/// input, options and seed: same bits, for any number of threads, and however often the run was saved and resumed. Not
/// for use by two threads at once.
/// </remarks>
public sealed class BayesRun
{
    private readonly BayesInput _input;
    private readonly BayesOptions _options;
    private readonly StageFactory _factory;
    private SamplerStage _stage;

    private BayesRun(BayesInput input, BayesOptions options, ulong seed, int degreeOfParallelism)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreeOfParallelism, 1);
        options.Check();
        input.Check(options);
        (_input, _options, DegreeOfParallelism) = (input, options, degreeOfParallelism);
        Seed = seed;
        _factory = new StageFactory(input, options, seed);
        _stage = null!;   // Start and Resume set it
    }

    /// <summary>Threads of a sweep; changes nothing but the time.</summary>
    public int DegreeOfParallelism { get; }

    public ulong Seed { get; }

    /// <summary>Sweeps of all stages together.</summary>
    public int Sweeps => _options.Shrinkage.Sweeps + (_options.Field?.Length.Sweeps ?? 0);

    public int SweepsDone => (Shrinkage is null ? 0 : _options.Shrinkage.Sweeps)
        + (HasSpatialStage ? _stage.SweepsDone : Shrinkage is null ? _stage.SweepsDone : 0);

    public bool IsDone => SweepsDone == Sweeps;

    /// <summary>What the hierarchical prior alone gives, once its stage is done.</summary>
    public BayesResult? Shrinkage { get; private set; }

    internal SamplerStage Stage => _stage;

    private bool HasSpatialStage => Shrinkage is not null && _options.Field is not null;

    /// <summary>Begins: a least-squares fit of every voxel, and dispersed chains about it.</summary>
    /// <exception cref="RefusalException">
    /// BAYES-OPTIONS, BAYES-NEEDS-VOXELS, BAYES-NEEDS-POSITIONS, NLLS-NEEDS-MORE-B.
    /// </exception>
    /// <exception cref="ArgumentException">Signals or positions do not fit the table or each other.</exception>
    public static BayesRun Start(BayesInput input, BayesOptions options, ulong seed, int degreeOfParallelism = 1)
    {
        var run = new BayesRun(input, options, seed, degreeOfParallelism);
        run._stage = run._factory.Shrinkage(degreeOfParallelism);
        return run;
    }

    /// <summary>Goes on where <see cref="Save"/> stopped, on this or another machine.</summary>
    /// <exception cref="RefusalException">
    /// BAYES-CHECKPOINT: the checkpoint is cut off, or of another input, other options or another seed; and those of
    /// <see cref="Start"/>.
    /// </exception>
    public static BayesRun Resume(
        BayesInput input, BayesOptions options, ulong seed, Stream checkpoint, int degreeOfParallelism = 1)
    {
        var run = new BayesRun(input, options, seed, degreeOfParallelism);
        var reader = BayesCheckpoint.Open(checkpoint, BayesCheckpoint.Fingerprint(input, options, seed));
        bool isSecondStage = reader.ReadFlag();
        var start = Population.Read(reader.ReadNumbers(Population.Numbers));
        if (isSecondStage) run.Shrinkage = reader.ReadResult(input);
        run._stage = run.HasSpatialStage ? run._factory.EmptyField(start) : run._factory.EmptyShrinkage(start);
        reader.ReadState(run._stage.State);
        run._stage.Refresh(degreeOfParallelism);
        return run;
    }

    /// <summary>Runs up to <paramref name="sweeps"/> sweeps; the run is whole between any two of them.</summary>
    /// <param name="progress">Told after every sweep how many are done.</param>
    /// <exception cref="OperationCanceledException">Between two sweeps: the run can be saved, or go on.</exception>
    /// <exception cref="RefusalException">BAYES-PRIOR-DEGENERATE: the voxels do not differ at all.</exception>
    public void Advance(int sweeps, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        for (int i = 0; i < sweeps && !IsDone; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _stage.Sweep(DegreeOfParallelism);
            if (_stage.SweepsDone == _stage.Sweeps && Shrinkage is null) FinishShrinkage();
            progress?.Invoke(SweepsDone);
        }
    }

    /// <summary>Writes all that is needed to go on; about 0.75 kB a voxel with four chains.</summary>
    public void Save(Stream checkpoint)
    {
        var writer = new BayesCheckpoint(checkpoint);
        writer.Begin(BayesCheckpoint.Fingerprint(_input, _options, Seed));
        writer.Write(Shrinkage is not null);
        var start = new double[Population.Numbers];
        _stage.Start.Write(start);
        writer.Write(start);
        if (Shrinkage is not null) writer.Write(Shrinkage);
        writer.Write(_stage.State);
    }

    /// <summary>The maps, once <see cref="IsDone"/>.</summary>
    /// <exception cref="InvalidOperationException">Sweeps are left.</exception>
    public BayesResult Result()
    {
        if (!IsDone) throw new InvalidOperationException($"{Sweeps - SweepsDone} sweeps are left");
        return HasSpatialStage
            ? Summary.Of(_stage, _input, (Shrinkage!.Population, Shrinkage.PopulationRHat)) : Shrinkage!;
    }

    private void FinishShrinkage()
    {
        Shrinkage = Summary.Of(_stage, _input, Summary.PopulationOf(_stage));
        if (_options.Field is not null) _stage = _factory.Field(Shrinkage, DegreeOfParallelism);
    }
}
