namespace Ivim.Physics.Bayes;

/// <summary>What a stage samples from, and for how long.</summary>
/// <param name="Prior">μ and Σ at the start, or throughout where <paramref name="PriorIsFixed"/>.</param>
internal sealed record StageSetup(VoxelSlots Slots, SignalLanes Signals, BayesOptions Options, ChainLength Length,
    Population Prior, bool PriorIsFixed, MarkovFieldOptions? Field, NeighbourTable? Neighbours, RandomStream Random);

/// <summary>Several chains over all voxels, sweep by sweep: burn-in that tunes the steps, then samples.</summary>
/// <remarks>
/// A state machine: <see cref="State"/> holds all that cannot be computed again, and after <see cref="Refresh"/> the
/// next sweep has the bits it would have had.
/// </remarks>
internal sealed class SamplerStage
{
    private const ulong ChainPart = 1, PopulationPart = 2;
    private const float SmallestStep = 1e-4f, LargestStep = 5;

    private readonly StageSetup _setup;
    private readonly Chain[] _chains;
    private readonly MetropolisKernel _kernel;
    private readonly PopulationSums[] _blockSums;   // [chains, blocks]
    private readonly double[] _reference;           // of the sums
    private readonly int[] _sweep = [0];
    private readonly double[] _trace;               // [chains, records, 9]

    public SamplerStage(StageSetup setup)
    {
        _setup = setup;
        var limits = ThetaLimits.From(setup.Options.Bounds);
        _kernel = new MetropolisKernel(setup.Signals, limits, setup.Field, setup.Neighbours);
        _reference = [.. setup.Prior.Mean];
        var keys = setup.Random.Child(ChainPart);
        _chains = [.. Enumerable.Range(0, setup.Options.Chains).Select(chain =>
            new Chain(setup.Slots.Count, setup.Signals.BValues, keys.Bits((ulong)chain)))];
        foreach (var chain in _chains) chain.Set(setup.Prior);
        _blockSums = new PopulationSums[_chains.Length * setup.Slots.Blocks.Length];
        _trace = new double[_chains.Length * Records * Population.Numbers];
        Record = new PosteriorRecord(_chains.Length, setup.Slots.Count);
    }

    public PosteriorRecord Record { get; }

    public VoxelSlots Slots => _setup.Slots;

    /// <summary>μ and Σ that the stage began with.</summary>
    public Population Start => _setup.Prior;

    public IReadOnlyList<Chain> Chains => _chains;

    public int SweepsDone => _sweep[0];

    public int Sweeps => _setup.Length.Sweeps;

    /// <summary>Recorded samples of a chain.</summary>
    public int Records => _setup.Length.Samples / _setup.Options.RecordEvery;

    /// <summary>Everything that cannot be computed again, in a fixed order.</summary>
    public IEnumerable<Array> State => [_sweep, _trace, .. _chains.SelectMany(chain => chain.State), .. Record.State];

    /// <summary>What follows from θ and μ, Σ: to be called at the start and after the state was replaced.</summary>
    public void Refresh(int threads)
    {
        foreach (var chain in _chains) chain.RefreshPrior();
        OverBlocks(.., threads, (chain, block) =>
        {
            _kernel.Refresh(_chains[chain], Slots.Blocks[block]);
            SumBlock(chain, block);
        });
    }

    public void Sweep(int threads)
    {
        int sweep = SweepsDone;
        bool adapts = sweep < _setup.Length.BurnIn && (sweep + 1) % _setup.Options.AdaptEvery == 0;
        if (!_setup.PriorIsFixed && sweep >= _setup.Options.PriorFixedSweeps) DrawPopulations(sweep);
        foreach (var colour in Slots.Colours)
        {
            OverBlocks(colour, threads, (chain, block) =>
            {
                _kernel.Sweep(_chains[chain], Slots.Blocks[block], Slots.VoxelOf, (uint)sweep);
                if (adapts) Adapt(_chains[chain], Slots.Blocks[block]);
                if (!_setup.PriorIsFixed) SumBlock(chain, block);
            });
        }
        Keep(sweep, threads);
        _sweep[0] = sweep + 1;
    }

    /// <summary>μ and Σ of one recorded sample: nine numbers as <see cref="Population.Write"/> leaves them.</summary>
    public ReadOnlySpan<double> Trace(int chain, int record) =>
        _trace.AsSpan((chain * Records + record) * Population.Numbers, Population.Numbers);

    private void DrawPopulations(int sweep)
    {
        var hyperPrior = (_setup.Options.HyperPriorScale, _setup.Options.HyperPriorDegrees);
        int blocks = Slots.Blocks.Length;
        for (int chain = 0; chain < _chains.Length; chain++)
        {
            var sums = default(PopulationSums);
            for (int block = 0; block < blocks; block++) sums.Add(_blockSums[chain * blocks + block]);
            var stream = _setup.Random.Child(PopulationPart).Child((ulong)chain).Child((ulong)sweep);
            var current = Population.Read(_chains[chain].PopulationNumbers);
            _chains[chain].Set(PopulationGibbs.Draw(
                sums, _reference, Slots.Voxels, [.. current.Covariance], hyperPrior, stream));
        }
    }

    private void SumBlock(int chain, int block)
    {
        var sums = default(PopulationSums);
        float[][] theta = _chains[chain].Theta;
        var (first, count) = Slots.Blocks[block];
        var voxelOf = Slots.VoxelOf;
        for (int slot = first; slot < first + count; slot++)
        {
            if (voxelOf[slot] == VoxelSlots.Padding) continue;
            sums.Add(theta[0][slot] - _reference[0], theta[1][slot] - _reference[1], theta[2][slot] - _reference[2]);
        }
        _blockSums[chain * Slots.Blocks.Length + block] = sums;
    }

    // The rule of Spinner's program, for any target: at the target share of acceptances the step stays.
    private void Adapt(Chain chain, SlotBlock block)
    {
        float proposals = _setup.Options.AdaptEvery + 1, shrink = (float)(1 - _setup.Options.TargetAcceptance);
        for (int parameter = 0; parameter < Chain.Parameters; parameter++)
        {
            var step = chain.Step[parameter].AsSpan(block.First, block.Count);
            var accepted = chain.Accepted[parameter].AsSpan(block.First, block.Count);
            for (int i = 0; i < step.Length; i++)
            {
                float tuned = step[i] * shrink * (proposals / (proposals - accepted[i]));
                step[i] = Math.Clamp(tuned, SmallestStep, LargestStep);
            }
            accepted.Clear();
        }
    }

    private void Keep(int sweep, int threads)
    {
        var (burnIn, every) = (_setup.Length.BurnIn, _setup.Options.RecordEvery);
        int ranging = burnIn / 2;
        if (sweep == ranging) Record.BeginRanging(_chains[0]);
        bool isSample = sweep >= burnIn;
        int since = sweep - (isSample ? burnIn : ranging) + 1;
        if (sweep >= ranging && since % every == 0)
        {
            int record = since / every - 1;
            if (isSample && record >= Records) return;
            int half = isSample ? record / (Records / 2) : 0;
            Parallelism.For(Slots.Blocks.Length, threads,
                block => Record.Add(_chains, Slots.Blocks[block], half, isSample));
            if (isSample) Trace(record);
        }
        if (sweep == burnIn - 1) Record.EndRanging((burnIn - ranging) / every);
    }

    private void Trace(int record)
    {
        for (int chain = 0; chain < _chains.Length; chain++)
        {
            _chains[chain].PopulationNumbers.CopyTo(
                _trace.AsSpan((chain * Records + record) * Population.Numbers, Population.Numbers));
        }
    }

    private void OverBlocks(Range blocks, int threads, Action<int, int> work)
    {
        var (first, count) = blocks.GetOffsetAndLength(Slots.Blocks.Length);
        // Chain after chain over the same block, so that its signals and neighbours are read from memory once.
        int chains = _chains.Length;
        Parallelism.For(chains * count, threads, item => work(item % chains, first + item / chains));
    }
}
