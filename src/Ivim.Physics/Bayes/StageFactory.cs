namespace Ivim.Physics.Bayes;

/// <summary>Makes the stages of a run and puts their chains at dispersed starts.</summary>
internal sealed class StageFactory(BayesInput input, BayesOptions options, ulong seed)
{
    private const int Parameters = Population.Parameters;
    private const ulong ShrinkagePart = 1, FieldPart = 2, DispersionPart = 3;

    private readonly int[] _fitted = input.FittedVoxels();
    private readonly ThetaLimits _limits = ThetaLimits.From(options.Bounds);

    /// <summary>The hierarchical stage at its start.</summary>
    public SamplerStage Shrinkage(int threads)
    {
        var start = StartingPoint.LeastSquares(input, _fitted, _limits, threads);
        return Begin(EmptyShrinkage(start.Population), start, threads,
            (parameter, _) => StartingPoint.Dispersion[parameter]);
    }

    /// <summary>The hierarchical stage, its state to be filled in.</summary>
    /// <param name="start">Fixes about what the population's sums are taken.</param>
    public SamplerStage EmptyShrinkage(Population start)
    {
        var slots = VoxelSlots.Plain(_fitted);
        var lanes = new SignalLanes(input.Signals.Span, input.Table, slots, options.PerfusionCutoffSecondsPerMm2);
        return new SamplerStage(new StageSetup(slots, lanes, options, options.Shrinkage, start,
            PriorIsFixed: false, null, null, new RandomStream(seed).Child(ShrinkagePart)));
    }

    /// <summary>
    /// The spatial stage at its start: about the medians of the hierarchical one, as wide as its posterior.
    /// </summary>
    public SamplerStage Field(BayesResult shrinkage, int threads)
    {
        double[][] theta = [.. shrinkage.Maps.Select(map => map.Theta.Select(value => (double)value).ToArray())];
        return Begin(EmptyField(shrinkage.Population), new StartingPoint(theta, shrinkage.Population), threads,
            (parameter, voxel) => shrinkage.Maps[parameter].ThetaSpread[voxel]);
    }

    /// <summary>The spatial stage, its state to be filled in.</summary>
    public SamplerStage EmptyField(Population prior)
    {
        var field = options.Field!;
        var slots = VoxelSlots.Coloured(_fitted, input.Positions!, field);
        var lanes = new SignalLanes(input.Signals.Span, input.Table, slots);
        return new SamplerStage(new StageSetup(slots, lanes, options, field.Length, prior, PriorIsFixed: true,
            field, new NeighbourTable(slots, input.Positions!, field), new RandomStream(seed).Child(FieldPart)));
    }

    private SamplerStage Begin(SamplerStage stage, StartingPoint start, int threads, Func<int, int, double> width)
    {
        var dispersion = new RandomStream(seed).Child(DispersionPart).Child((ulong)stage.Sweeps);
        for (int index = 0; index < stage.Chains.Count; index++)
        {
            var chain = stage.Chains[index];
            var stream = dispersion.Child((ulong)index);
            for (int slot = 0; slot < stage.Slots.Count; slot++)
                Place(chain, slot, stage.Slots.VoxelOf[slot], start, stream, width);
        }
        stage.Refresh(threads);
        return stage;
    }

    private void Place(Chain chain, int slot, int voxel, StartingPoint start, RandomStream stream,
        Func<int, int, double> width)
    {
        bool isPadding = voxel == VoxelSlots.Padding;
        for (int parameter = 0; parameter < Parameters; parameter++)
        {
            double centre = isPadding ? start.Population.Mean[parameter] : start.Theta[parameter][voxel];
            double step = isPadding
                ? StartingPoint.Dispersion[parameter] : Math.Clamp(width(parameter, voxel), 1e-3, 1);
            double draw = isPadding ? 0 : stream.Gaussian((ulong)(Parameters * voxel + parameter));
            chain.Step[parameter][slot] = (float)step;
            chain.Theta[parameter][slot] = (float)_limits.Inside(parameter, centre + step * draw);
        }
        if (chain.Theta[2][slot] > chain.Theta[0][slot]) return;
        // A start on the wrong side of D* > D: the undispersed one is on the right side.
        for (int parameter = 0; parameter < Parameters; parameter += 2)
        {
            double centre = isPadding ? start.Population.Mean[parameter] : start.Theta[parameter][voxel];
            chain.Theta[parameter][slot] = (float)centre;
        }
    }
}
