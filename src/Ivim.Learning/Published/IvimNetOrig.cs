using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ivim.Learning.Published;

/// <summary>
/// Barbieri et al. 2020: three hidden layers as wide as the signals above b = 0, three outputs whose absolute values
/// are D*, D and f, and S0 fixed to 1. The outputs have no upper bound.
/// </summary>
internal sealed class IvimNetOrig : VoxelNetwork
{
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear third;
    private readonly Linear last;
    private readonly Tensor _minusB;
    private readonly int _zeros;

    public IvimNetOrig(BValueList b, Device device) : base(nameof(IvimNetOrig))
    {
        _zeros = b.Zeros;
        int width = b.Count - _zeros;
        first = nn.Linear(width, width);
        second = nn.Linear(width, width);
        third = nn.Linear(width, width);
        last = nn.Linear(width, 3);
        RegisterComponents();
        _minusB = PublishedConstants.MinusB(b, device);
        this.to(device);
    }

    public override bool MaySwap => true;

    /// <summary>D*, D, f; float32 [voxels, 3].</summary>
    public override Tensor Answer(Tensor inputs, TrainingPass? pass = null)
    {
        var x = inputs.narrow(1, _zeros, inputs.shape[1] - _zeros);                 // [voxels, B above 0]
        x = AlignedLayer.Forward(x, first.weight!, first.bias!).Elu();
        x = AlignedLayer.Forward(x, second.weight!, second.bias!).Elu();
        x = AlignedLayer.Forward(x, third.weight!, third.bias!).Elu();
        return AlignedLayer.Forward(x, last.weight!, last.bias!).abs();
    }

    public override Tensor Signals(Tensor answer)
    {
        var fast = exp(answer.narrow(1, 0, 1) * _minusB);                           // [voxels, B]
        var slow = exp(answer.narrow(1, 1, 1) * _minusB);
        return slow.Plus(answer.narrow(1, 2, 1) * (fast - slow));                   // f fast + (1 - f) slow
    }

    public override Tensor Parameters(Tensor answer) => cat([answer.narrow(1, 1, 1), answer.narrow(1, 2, 1),
        answer.narrow(1, 0, 1), ones_like(answer.narrow(1, 0, 1))], 1);

    public override FirstValues First(string name, long fanIn, StartingPoint start) => FirstValues.Within(fanIn);
}
