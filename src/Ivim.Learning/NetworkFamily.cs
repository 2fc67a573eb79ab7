using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Which network a member is: ours (<see cref="NetworkRecipe"/>) or a published one (<see cref="Published"/>). All
/// of them go through the same <see cref="Trainer"/>, checkpoints and <see cref="Inference"/>.
/// </summary>
public abstract record NetworkFamily
{
    private protected NetworkFamily()
    {
    }

    /// <summary>Whether the loss counts a mean of n volumes n times.</summary>
    internal virtual bool WeighsAverages => true;

    /// <exception cref="RefusalException">NETWORK-RECIPE.</exception>
    public abstract void Check();

    /// <summary>How signals become inputs, where no warm start says so.</summary>
    /// <param name="signals">Relative signals, [voxels, B].</param>
    internal abstract InputConditioning Condition(ReadOnlySpan<float> signals, BValueList b);

    internal abstract VoxelNetwork Build(ParameterBounds bounds, BValueList b, InputConditioning conditioning,
        Device device);

    private protected static void Require(bool holds, string found, string expected)
    {
        if (!holds) throw new RefusalException("NETWORK-RECIPE", found, expected, "change the protocol's network");
    }
}
