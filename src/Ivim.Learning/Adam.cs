using TorchSharp;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Adam with clipping of the gradients' common norm. Kingma and Ba 2015, arXiv 1412.6980, algorithm 1, with their
/// betas and epsilon. Our own, because every bit of its state must go into a checkpoint and come back.
/// </summary>
internal sealed class Adam : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private static readonly Scalar Keep1 = Beta1.ToScalar(), Add1 = (1 - Beta1).ToScalar(), Keep2 = Beta2.ToScalar(),
        Add2 = (1 - Beta2).ToScalar(), Epsilon = 1e-8.ToScalar();

    private readonly (string Name, Tensor Weight, Tensor First, Tensor Second)[] _slots;

    public Adam(IEnumerable<(string Name, Tensor Weight)> weights) => _slots = [.. weights.Select(w =>
        (w.Name, w.Weight, zeros_like(w.Weight, requires_grad: false), zeros_like(w.Weight, requires_grad: false)))];

    public IEnumerable<(string Name, Tensor Tensor)> FirstMoments => _slots.Select(slot => (slot.Name, slot.First));

    public IEnumerable<(string Name, Tensor Tensor)> SecondMoments => _slots.Select(slot => (slot.Name, slot.Second));

    /// <summary>Moves the weights along their gradients and sets the gradients to 0.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="largestNorm">Of all gradients together; infinite for no clipping.</param>
    /// <param name="decay">Times a weight is added to its gradient, as in Torch's Adam; not decoupled.</param>
    public void Step(int step, double rate, double largestNorm, double decay = 0)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var gradients = _slots.Select(slot => slot.Weight.grad!).ToArray();
        if (double.IsFinite(largestNorm)) Clip(gradients, largestNorm);
        using var decayed = decay.ToScalar();
        using var move = (-rate / (1 - Math.Pow(Beta1, step))).ToScalar();
        using var correction = (1 / Math.Sqrt(1 - Math.Pow(Beta2, step))).ToScalar();
        for (int i = 0; i < _slots.Length; i++)
        {
            var (_, weight, first, second) = _slots[i];
            var gradient = decay == 0 ? gradients[i] : gradients[i].add_(weight, decayed);
            first.mul_(Keep1).add_(gradient, Add1);
            second.mul_(Keep2).addcmul_(gradient, gradient, Add2);
            weight.addcdiv_(first, second.sqrt().mul_(correction).add_(Epsilon, HeldScalar.One), move);
            gradient.zero_();
        }
    }

    private static void Clip(Tensor[] gradients, double largestNorm)
    {
        double norm = Math.Sqrt(gradients.Sum(gradient => (gradient * gradient).sum().Number()));
        using var clip = Math.Min(1, largestNorm / (norm + 1e-6)).ToScalar();
        foreach (var gradient in gradients) gradient.mul_(clip);
    }

    public void Dispose()
    {
        foreach (var (_, _, first, second) in _slots)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
