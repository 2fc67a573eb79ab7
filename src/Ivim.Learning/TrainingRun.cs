using Ivim.Physics;
using TorchSharp;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// One training in progress: the network, its optimiser and what has been seen so far. Bound to its thread.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TrainingSet _data;
    private readonly TrainingRecipe _recipe;
    private readonly MemberSeed _seed;
    private readonly Device _device;
    private readonly InputConditioning _conditioning;
    private readonly VoxelNetwork _net;
    private readonly Adam _adam;
    private readonly VoxelSplit _split;
    private readonly BatchOrder _order;
    private readonly VoxelRows _rows;
    private readonly Tensor? _weights;
    private readonly Tensor _widths;
    private readonly RicianMean? _floor;
    private readonly MovingVariance? _variance;
    private readonly List<double> _losses = [];
    private double? _measuredLoss;
    private NamedArrays _best;
    private double _bestLoss = double.PositiveInfinity;

    public TrainingRun(TrainingSet data, NetworkFamily network, TrainingRecipe recipe, ParameterBounds bounds,
        MemberSeed seed, NamedArrays? warmStart, Device device)
    {
        (_data, _recipe, _seed, _device) = (data, recipe, seed, device);
        _conditioning = warmStart is null
            ? network.Condition(data.Signals, data.B)
            : InputConditioning.From(warmStart.In("conditioning"));
        if (_conditioning.BCount != data.B.Count) throw OtherTable(_conditioning.BCount);
        _rows = new VoxelRows(data, _conditioning, device);
        _net = network.Build(bounds, data.B, _conditioning, device);
        if (warmStart is null) NetworkWeights.Draw(_net, data.Start, seed.Weights);
        else NetworkWeights.Load(_net, warmStart.In("weights"));
        _adam = new Adam(NetworkWeights.Parameters(_net));
        _split = VoxelSplit.Of(data.Voxels, recipe, seed);
        _order = new BatchOrder(seed, _split.Learnt.Length, recipe.BatchVoxels);
        if (network.WeighsAverages) _weights = tensor(data.Weights, device: device);
        if (data.Sigma is not null) _floor = new RicianMean(device);
        _widths = NetworkConstants.Bounds(bounds, device).Width;
        var stopping = recipe.Stopping;
        if (stopping.VarianceWindow > 0)
            _variance = new MovingVariance(stopping.VarianceWindow, stopping.VariancePatience);
        _best = NetworkWeights.Copy(_net);
    }

    /// <summary>Steps made.</summary>
    public int Steps { get; private set; }

    /// <summary>Continues where the state was taken.</summary>
    /// <exception cref="RefusalException">WEIGHTS-MISMATCH, CHECKPOINT-MISMATCH, ARRAY-MISSING.</exception>
    public void Resume(TrainingState state)
    {
        if (!state.Conditioning.ToArrays().HaveSameBits(_conditioning.ToArrays()) || state.Step > _recipe.Steps)
            throw new RefusalException("CHECKPOINT-MISMATCH", $"a checkpoint of step {state.Step} of another training",
                "one of the same signals and recipe", "delete the checkpoint, the training then starts anew");
        NetworkWeights.Load(_net, state.Weights);
        NetworkWeights.Load(_adam.FirstMoments, state.FirstMoments);
        NetworkWeights.Load(_adam.SecondMoments, state.SecondMoments);
        (Steps, _best, _bestLoss) = (state.Step, state.BestWeights, state.BestLoss);
        _losses.AddRange(state.LossHistory);
        _variance?.Load(state.Variance);
    }

    /// <summary>One batch forward, back and into the weights; its loss.</summary>
    public double Step()
    {
        using var scope = NewDisposeScope();       // bound to this thread: nothing in here may wait for another
        int[] batch = [.. _order.At(Steps).Select(place => _split.Learnt[place])];
        var answer = _net.Answer(_rows.Inputs(batch), new TrainingPass(Dropout(Steps)));
        var loss = Loss(Compared(_net.Signals(answer), batch), _rows.Signals(batch));
        double value = loss.Number();
        if (!double.IsFinite(value)) return value;
        loss.backward();
        _adam.Step(Steps + 1, _recipe.RateAt(Steps), _recipe.GradientNorm, _recipe.WeightDecay);
        Steps++;
        return value;
    }

    /// <summary>Looks at the probe and remembers the best weights so far.</summary>
    public void Evaluate()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var answer = _net.Answer(_rows.Inputs(_split.Watched));
        var predicted = Compared(_net.Signals(answer), _split.Watched);
        double loss = Loss(predicted, _rows.Signals(_split.Watched)).Number();
        _losses.Add(loss);
        if (_data.Measured is not null) _measuredLoss = Loss(predicted, _rows.Measured(_split.Watched)).Number();
        if (loss < _bestLoss) (_bestLoss, _best) = (loss, NetworkWeights.Copy(_net));
        _variance?.Add((_net.Parameters(answer) / _widths).cpu().data<float>().ToArray(), loss,
            _recipe.Stopping.MayStop(Steps, loss, _data), () => NetworkWeights.Copy(_net));
    }

    /// <summary>What the stopping rules say after an evaluation; null to go on.</summary>
    public StopReason? Decide() =>
        _recipe.Stopping.Decide(Steps, _losses, _data, _measuredLoss, _variance?.HasRisen ?? false);

    public TrainingState State() => new()
    {
        Step = Steps,
        Weights = NetworkWeights.Copy(_net),
        FirstMoments = NetworkWeights.Copy(_adam.FirstMoments),
        SecondMoments = NetworkWeights.Copy(_adam.SecondMoments),
        BestWeights = _best,
        BestLoss = _bestLoss,
        Conditioning = _conditioning,
        LossHistory = [.. _losses],
        Variance = new NamedArrays(_variance?.ToArrays() ?? []),
    };

    public TrainedMember Finish(StopReason reason)
    {
        var (weights, loss) = Chosen(reason);
        return new TrainedMember
        {
            Weights = weights,
            Conditioning = _conditioning,
            Loss = loss,
            Steps = Steps,
            StopReason = reason,
            UnderFit = _recipe.Stopping.IsUnderFit(loss, _data),
            Swapped = _net.MaySwap && IsSwapped(weights),
            LossHistory = [.. _losses],
        };
    }

    public void Dispose()
    {
        _net.Dispose();
        _adam.Dispose();
        _scope.Dispose();
    }

    private (NamedArrays Weights, double Loss) Chosen(StopReason reason)
    {
        if (reason == StopReason.VarianceRose) return (_variance!.Weights!, _variance.Loss);
        bool diverged = reason == StopReason.Diverged || !double.IsFinite(_losses[^1]);
        return diverged || _recipe.ChosenWeights == ChosenWeights.BestProbeLoss
            ? (_best, _bestLoss)
            : (NetworkWeights.Copy(_net), _losses[^1]);
    }

    /// <summary>
    /// Whether the fast component is the slower one over the probe (as IVIM-NET asks over the data set it predicts).
    /// </summary>
    private bool IsSwapped(NamedArrays chosen)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        NetworkWeights.Load(_net, chosen);
        var means = _net.Parameters(_net.Answer(_rows.Inputs(_split.Watched))).mean([0L]);
        return means[2].Number() < means[0].Number();
    }

    /// <summary>The prediction as a magnitude shows it, where the noise is known.</summary>
    private Tensor Compared(Tensor predicted, int[] voxels) =>
        _floor is null ? predicted : _floor.Of(predicted, _rows.Sigma(voxels));

    /// <summary>mean over voxels and b-values of w_b (predicted - signal)², w_b = n_b / mean(n_b) or 1.</summary>
    private Tensor Loss(Tensor predicted, Tensor signals)
    {
        var residual = predicted - signals;
        var squares = residual * residual;
        return (_weights is null ? squares : squares * _weights).mean();
    }

    private Tensor? Dropout(int step)
    {
        double share = _net.DropoutShare;
        if (share == 0) return null;
        var stream = _seed.Dropout(step);
        var keep = new float[_recipe.BatchVoxels * _net.DropoutUnits];
        float factor = (float)(1 / (1 - share));
        for (int i = 0; i < keep.Length; i++) keep[i] = stream.Uniform((ulong)i) < share ? 0 : factor;
        return tensor(keep, [_recipe.BatchVoxels, _net.DropoutUnits], device: _device);
    }

    private RefusalException OtherTable(int found) => new("WARM-START-MISMATCH", $"a warm start for {found} b-values",
        $"one for {_data.B.Count}", "use a start that was trained for this table");
}
