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
    private readonly NetworkRecipe _network;
    private readonly MemberSeed _seed;
    private readonly Device _device;
    private readonly InputConditioning _conditioning;
    private readonly IvimNet _net;
    private readonly Adam _adam;
    private readonly BatchOrder _order;
    private readonly float[] _inputs;
    private readonly Tensor _weights;
    private readonly int[] _probe;
    private readonly List<double> _losses = [];
    private NamedArrays _best;
    private double _bestLoss = double.PositiveInfinity;

    public TrainingRun(TrainingSet data, NetworkRecipe network, TrainingRecipe recipe, ParameterBounds bounds,
        MemberSeed seed, NamedArrays? warmStart, Device device)
    {
        (_data, _recipe, _network, _seed, _device) = (data, recipe, network, seed, device);
        _conditioning = warmStart is null
            ? InputConditioning.Of(data.Signals, data.B.Count, network.PrincipalComponents)
            : InputConditioning.From(warmStart.In("conditioning"));
        if (_conditioning.BCount != data.B.Count) throw OtherTable(_conditioning.BCount);
        _inputs = _conditioning.Apply(data.Signals);
        _net = new IvimNet(network, bounds, data.B.SecondsPerMm2, _conditioning.Components, device);
        if (warmStart is null) NetworkWeights.Draw(_net, network, bounds, data.Start, seed.Weights);
        else NetworkWeights.Load(_net, warmStart.In("weights"));
        _adam = new Adam(NetworkWeights.Parameters(_net));
        _order = new BatchOrder(seed, data.Voxels, recipe.BatchVoxels);
        _weights = tensor(data.Weights, device: device);
        _probe = Probe(data.Voxels, recipe.ProbeVoxels);
        _best = NetworkWeights.Copy(_net);
    }

    /// <summary>Steps made.</summary>
    public int Steps { get; private set; }

    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Continues where the state was taken.</summary>
    /// <exception cref="RefusalException">WEIGHTS-MISMATCH, CHECKPOINT-MISMATCH.</exception>
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
    }

    /// <summary>One batch forward, back and into the weights; its loss.</summary>
    public double Step()
    {
        using var scope = NewDisposeScope();       // bound to this thread: nothing in here may wait for another
        int[] batch = _order.At(Steps);
        var loss = Loss(batch, Dropout(Steps));
        double value = loss.Number();
        if (!double.IsFinite(value)) return value;
        loss.backward();
        _adam.Step(Steps + 1, _recipe.RateAt(Steps), _recipe.GradientNorm);
        Steps++;
        return value;
    }

    /// <summary>Looks at the probe and remembers the best weights so far.</summary>
    public void Evaluate()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        double loss = Loss(_probe, null).Number();
        _losses.Add(loss);
        if (!(loss < _bestLoss)) return;
        (_bestLoss, _best) = (loss, NetworkWeights.Copy(_net));
    }

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
    };

    public TrainedMember Finish(StopReason reason)
    {
        bool diverged = reason == StopReason.Diverged || !double.IsFinite(_losses[^1]);
        bool takeBest = diverged || _recipe.ChosenWeights == ChosenWeights.BestProbeLoss;
        double loss = takeBest ? _bestLoss : _losses[^1];
        return new TrainedMember
        {
            Weights = takeBest ? _best : NetworkWeights.Copy(_net),
            Conditioning = _conditioning,
            Loss = loss,
            Steps = Steps,
            StopReason = reason,
            UnderFit = _recipe.Stopping.IsUnderFit(loss, _data),
            LossHistory = [.. _losses],
        };
    }

    public void Dispose()
    {
        _net.Dispose();
        _adam.Dispose();
        _scope.Dispose();
    }

    /// <summary>mean over voxels and b-values of w_b (predicted - measured)², w_b = n_b / mean(n_b).</summary>
    private Tensor Loss(int[] voxels, Tensor? keep)
    {
        var inputs = Rows(_inputs, voxels, _conditioning.Length);      // [batch, T]
        var signals = Rows(_data.Signals, voxels, _data.B.Count);      // [batch, B]
        var predicted = _net.Signals(_net.Parameters(inputs, keep));   // [batch, B]
        var residual = predicted - signals;
        return (residual * residual * _weights).mean();
    }

    private Tensor Rows(float[] from, int[] voxels, int length)
    {
        var rows = new float[voxels.Length * length];
        for (int i = 0; i < voxels.Length; i++)
            from.AsSpan(voxels[i] * length, length).CopyTo(rows.AsSpan(i * length, length));
        return tensor(rows, [voxels.Length, length], device: _device);
    }

    private Tensor? Dropout(int step)
    {
        if (_network.Dropout == 0) return null;
        var stream = _seed.Dropout(step);
        var keep = new float[_recipe.BatchVoxels * _net.Features];
        float factor = (float)(1 / (1 - _network.Dropout));
        for (int i = 0; i < keep.Length; i++) keep[i] = stream.Uniform((ulong)i) < _network.Dropout ? 0 : factor;
        return tensor(keep, [_recipe.BatchVoxels, _net.Features], device: _device);
    }

    private static int[] Probe(int voxels, int wanted)
    {
        int count = Math.Min(voxels, wanted);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * voxels / count))];
    }

    private RefusalException OtherTable(int found) => new("WARM-START-MISMATCH", $"a warm start for {found} b-values",
        $"one for {_data.B.Count}", "use a start that was trained for this table");
}
