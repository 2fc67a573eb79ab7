using Ivim.Physics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// The network, whole: convolutions see neighbouring b-values, a bidirectional LSTM carries along the decay, self-
/// attention compares any two positions, four parallel heads answer with D, f, D* and S0, and the signal equation
/// decodes them.
/// </summary>
/// <remarks>
/// The combination of 1-D CNN, BiLSTM and multi-head attention for IVIM is Li and Huang's (2026); its sizes are not
/// published in anything we could read, so every size here, the input sequence and the pooling are ours. LSTM:
/// Hochreiter and Schmidhuber 1997, doi 10.1162/neco.1997.9.8.1735. Attention: Vaswani et al. 2017, arXiv 1706.03762.
/// Parallel heads: Kaandorp et al. 2021, doi 10.1002/mrm.28852.
/// </remarks>
internal sealed class IvimNet : VoxelNetwork
{
    private readonly NetworkRecipe _recipe;
    private readonly ParameterBounds _bounds;
    private readonly Conv1d? first;
    private readonly Conv1d? second;
    private readonly LSTM? lstm;
    private readonly Linear? attentionIn;
    private readonly Linear? attentionOut;
    private readonly LayerNorm? norm;
    private readonly Linear? denseIn;
    private readonly Linear? denseOut;
    private readonly Linear hidden;
    private readonly Linear heads;
    private readonly Tensor _headMask;
    private readonly Tensor _positions;
    private readonly Tensor _minusB;
    private readonly Tensor _lower;
    private readonly Tensor _width;
    private readonly Tensor _logDStarRatio;
    private readonly Tensor _attentionScale;

    /// <param name="bSecondsPerMm2">s/mm², length B.</param>
    /// <param name="components">P, the scores in front of the B signals in the input sequence.</param>
    public IvimNet(NetworkRecipe recipe, ParameterBounds bounds, IReadOnlyList<double> bSecondsPerMm2, int components,
        Device device) : base(nameof(IvimNet))
    {
        (_recipe, _bounds) = (recipe, bounds);
        Length = components + bSecondsPerMm2.Count;
        int channels = recipe.PositionChannel ? 2 : 1;
        if (recipe.HasConvolutions)
        {
            first = nn.Conv1d(channels, recipe.FirstConvolution, kernel_size: 3, padding: 1);
            second = nn.Conv1d(recipe.FirstConvolution, recipe.SecondConvolution, kernel_size: 3, padding: 1);
        }
        else
        {
            denseIn = nn.Linear(Length, recipe.DenseUnits.First);
            denseOut = nn.Linear(recipe.DenseUnits.First, recipe.DenseUnits.Second);
        }
        int width = recipe.TrunkFeatures;
        if (recipe.HasLstm) lstm = nn.LSTM(recipe.SecondConvolution, recipe.LstmUnits, batchFirst: true,
            bidirectional: true);
        if (recipe.HasAttention)
        {
            attentionIn = nn.Linear(width, 3 * width);
            attentionOut = nn.Linear(width, width);
            norm = nn.LayerNorm(width);
        }
        Features = !recipe.HasConvolutions ? recipe.DenseUnits.Second
            : recipe.Pooling == Pooling.Flatten ? Length * width : 2 * width;
        hidden = nn.Linear(Features, 4 * recipe.HeadUnits);
        heads = nn.Linear(4 * recipe.HeadUnits, 4);
        RegisterComponents();

        _headMask = NetworkConstants.HeadMask(recipe.HeadUnits, device);
        _positions = NetworkConstants.Positions(bSecondsPerMm2, components, device);
        _minusB = tensor(bSecondsPerMm2.Select(b => -(float)b).ToArray(), device: device);
        (_lower, _width) = NetworkConstants.Bounds(bounds, device);
        _logDStarRatio = NetworkConstants.Number(Math.Log(bounds.DStar.Upper / bounds.DStar.Lower), device);
        _attentionScale = NetworkConstants.Number(Math.Sqrt((double)recipe.AttentionHeads / width), device);
        this.to(device);
    }

    /// <summary>T, the length of the input sequence.</summary>
    public int Length { get; }

    /// <summary>Length of the feature vector that the heads read.</summary>
    public int Features { get; }

    public override int DropoutUnits => Features;

    public override double DropoutShare => _recipe.Dropout;

    /// <summary>D [mm²/s], f, D* [mm²/s] and relative S0, each within its bounds; float32 [voxels, 4].</summary>
    /// <param name="inputs">Conditioned sequences, float32 [voxels, T].</param>
    public override Tensor Answer(Tensor inputs, TrainingPass? pass = null)
    {
        var features = denseIn is null ? Pooled(Trunk(inputs))
            : denseOut!.forward(denseIn.forward(inputs).Elu()).Elu();               // [voxels, Features]
        if (pass?.Keep is { } keep) features = features * keep;
        return Decode(Heads(features));
    }

    /// <summary>S(b) = S0 [ f exp(-b D*) + (1 - f) exp(-b D) ] (Le Bihan et al. 1988); float32 [voxels, B].</summary>
    public override Tensor Signals(Tensor parameters)
    {
        var d = parameters.narrow(1, 0, 1);                                         // [voxels, 1]
        var f = parameters.narrow(1, 1, 1);
        var dStar = parameters.narrow(1, 2, 1);
        var s0 = parameters.narrow(1, 3, 1);
        var slow = exp(d * _minusB);                                                // [voxels, B]
        var fast = exp(dStar * _minusB);
        return s0 * slow.Plus(f * (fast - slow));                                   // f fast + (1 - f) slow
    }

    public override FirstValues First(string name, long fanIn, StartingPoint start) =>
        IvimNetStart.First(name, fanIn, start, _recipe, _bounds);

    /// <param name="sequence">[voxels, T, width].</param>
    private Tensor Pooled(Tensor sequence) => _recipe.Pooling == Pooling.Flatten
        ? sequence.reshape(sequence.shape[0], Features)                             // [voxels, T * width]
        : cat([sequence.mean([1L]), sequence.select(1, Length - 1)], 1);            // [voxels, 2 * width]

    private Tensor Trunk(Tensor inputs)
    {
        var x = inputs.unsqueeze(1);                                                // [voxels, 1, T]
        if (_recipe.PositionChannel) x = cat([x, _positions.expand(x.shape[0], 1, Length)], 1);
        x = first!.forward(x).Elu();                                                // [voxels, C1, T]
        x = second!.forward(x).Elu();                                               // [voxels, C2, T]
        x = x.transpose(1, 2).contiguous();                                         // [voxels, T, C2]
        if (lstm is not null) x = lstm.forward(x).Item1;                            // [voxels, T, 2 H]
        return norm is null ? x : norm.forward(x.Plus(Attend(x)));                  // [voxels, T, width]
    }

    /// <summary>
    /// softmax(Q K' / sqrt(width of a head)) V for each head (Vaswani et al. 2017, eq. 1). Written out: TorchSharp's
    /// attention module leaks, and the fused kernel takes twice as long backward at these sizes.
    /// </summary>
    private Tensor Attend(Tensor x)
    {
        long voxels = x.shape[0], width = _recipe.TrunkFeatures, headWidth = width / _recipe.AttentionHeads;
        var projected = attentionIn!.forward(x)                                     // [voxels, T, 3 width]
            .view(voxels, Length, 3, _recipe.AttentionHeads, headWidth)
            .permute(2, 0, 3, 1, 4);                                                // [3, voxels, heads, T, headWidth]
        var scores = matmul(projected[0], projected[1].transpose(2, 3)) * _attentionScale;
        var mixed = matmul(softmax(scores, 3), projected[2]);                       // [voxels, heads, T, headWidth]
        return attentionOut!.forward(mixed.transpose(1, 2).reshape(voxels, Length, width));
    }

    /// <summary>
    /// Four heads, Linear - ELU - Linear each, side by side in two matrices: a head's outputs see its own hidden
    /// units only, because the mask makes every other weight of the last matrix 0.
    /// </summary>
    private Tensor Heads(Tensor features) => nn.functional.linear(
        hidden.forward(features).Elu(), heads.weight! * _headMask, heads.bias!);      // [voxels, 4]

    private Tensor Decode(Tensor raw)
    {
        var share = sigmoid(raw);                                                   // [voxels, 4], each in (0, 1)
        var linear = _lower.Plus(_width * share);
        if (_recipe.DStarDecoding == DStarDecoding.Linear) return linear;
        var dStar = _lower[2] * exp(share.narrow(1, 2, 1) * _logDStarRatio);
        return cat([linear.narrow(1, 0, 2), dStar, linear.narrow(1, 3, 1)], 1);
    }
}
