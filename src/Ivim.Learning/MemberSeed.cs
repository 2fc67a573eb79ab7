using Ivim.Physics;

namespace Ivim.Learning;

/// <summary>Names one training; every random number in it follows from here by index.</summary>
/// <param name="Protocol">The protocol's seed.</param>
/// <param name="Part">What is trained on: a slab's number, or another stable number of the stage.</param>
/// <param name="Member">Which member of the ensemble.</param>
public readonly record struct MemberSeed(ulong Protocol, ulong Part, ulong Member)
{
    private RandomStream Root => new RandomStream(Protocol).Child(Part).Child(Member);

    internal RandomStream Weights => Root.Child(0);

    internal RandomStream Epoch(long epoch) => Root.Child(1).Child((ulong)epoch);

    /// <summary>Which voxels are held back.</summary>
    internal RandomStream Split => Root.Child(3);

    /// <summary>The seed of simulated signals, where those are what is learnt from.</summary>
    public ulong Signals => Root.Child(4).Bits(0);

    internal RandomStream Dropout(int step) => Root.Child(2).Child((ulong)step);
}
