using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// A network that answers for each voxel alone, and the signal equation behind it. Its weights are its parameters
/// and its buffers (running statistics); both belong to a checkpoint.
/// </summary>
internal abstract class VoxelNetwork(string name) : nn.Module(name)
{
    /// <summary>Length of a voxel's row of dropout factors.</summary>
    public virtual int DropoutUnits => 0;

    /// <summary>Share of them that is 0 in a training step.</summary>
    public virtual double DropoutShare => 0;

    /// <summary>
    /// Whether the slow and the fast component may change places. Which is which is then decided once for a member,
    /// by its means, as the published networks do; decided slab by slab it would leave a step at a border.
    /// </summary>
    public virtual bool MaySwap => false;

    /// <summary>What the network says of each voxel, in a form of its own; float32 [voxels, 3 or 4].</summary>
    /// <param name="inputs">Conditioned inputs, float32 [voxels, T].</param>
    /// <param name="pass">Null outside training steps: no dropout, running statistics.</param>
    public abstract Tensor Answer(Tensor inputs, TrainingPass? pass = null);

    /// <summary>S(b) relative to the reference, float32 [voxels, B].</summary>
    public abstract Tensor Signals(Tensor answer);

    /// <summary>D [mm²/s], f, D* [mm²/s] and relative S0; float32 [voxels, 4].</summary>
    public virtual Tensor Parameters(Tensor answer) => answer;

    /// <summary>What a weight is before any training.</summary>
    /// <param name="fanIn">Inputs of a unit of this layer, as Torch counts them.</param>
    public abstract FirstValues First(string name, long fanIn, StartingPoint start);
}

/// <summary>A training step's forward pass.</summary>
/// <param name="Keep">Dropout factors, float32 [voxels, DropoutUnits]; null where nothing is left out.</param>
internal sealed record TrainingPass(Tensor? Keep);

/// <summary>Uniform within the limit, or given values.</summary>
internal readonly record struct FirstValues(double Limit, float[]? Given = null)
{
    public static FirstValues Zero { get; } = new(0);

    /// <summary>Torch's own rule for linear layers and convolutions: 1 / sqrt(fan in).</summary>
    public static FirstValues Within(double fanIn) => new(1 / Math.Sqrt(fanIn));

    public static FirstValues Ones(int count) => new(0, [.. Enumerable.Repeat(1f, count)]);
}
