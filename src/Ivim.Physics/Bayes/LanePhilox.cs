using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ivim.Physics.Bayes;

/// <summary>The random words of one chain by (sweep, voxel), eight voxels at once.</summary>
/// <remarks>
/// The blocks of <see cref="RandomStream"/>, Philox 4x32-10, with counter (voxel, sweep, part, 0): a draw depends on
/// seed, chain, sweep and voxel, never on the thread or on where the voxel lies in memory.
/// </remarks>
internal readonly struct LanePhilox(ulong key)
{
    private const uint FirstMultiplier = 0xD2511F53, SecondMultiplier = 0xCD9E8D57;
    private const uint FirstWeyl = 0x9E3779B9, SecondWeyl = 0xBB67AE85;

    /// <summary>Four words of each of eight voxels.</summary>
    /// <param name="part">Which block of this sweep and voxel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneWords Words(Vector256<uint> voxels, uint sweep, uint part)
    {
        var (lower, upper) = Vector256.Widen(voxels);
        var first = Four(lower, sweep, part);
        var second = Four(upper, sweep, part);
        return new LaneWords(
            Vector256.Narrow(first.C0, second.C0), Vector256.Narrow(first.C1, second.C1),
            Vector256.Narrow(first.C2, second.C2), Vector256.Narrow(first.C3, second.C3));
    }

    // A word sits in the lower half of 64 bits; what lies above it is never read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Counters Four(Vector256<ulong> voxels, uint sweep, uint part)
    {
        var (c0, c1) = (voxels, Vector256.Create((ulong)sweep));
        var (c2, c3) = (Vector256.Create((ulong)part), Vector256<ulong>.Zero);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            var p0 = Product(c0, FirstMultiplier);
            var p1 = Product(c2, SecondMultiplier);
            c0 = Vector256.ShiftRightLogical(p1, 32) ^ c1 ^ Vector256.Create((ulong)k0);
            c1 = p1;
            c2 = Vector256.ShiftRightLogical(p0, 32) ^ c3 ^ Vector256.Create((ulong)k1);
            c3 = p0;
            k0 += FirstWeyl;
            k1 += SecondWeyl;
        }
        return new Counters(c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> words, uint factor) => Avx2.IsSupported
        ? Avx2.Multiply(words.AsUInt32(), Vector256.Create((ulong)factor).AsUInt32())
        : (words & Vector256.Create((ulong)uint.MaxValue)) * Vector256.Create((ulong)factor);

    private readonly record struct Counters(
        Vector256<ulong> C0, Vector256<ulong> C1, Vector256<ulong> C2, Vector256<ulong> C3);
}

/// <summary>Four random words for each of eight voxels.</summary>
internal readonly record struct LaneWords(
    Vector256<uint> W0, Vector256<uint> W1, Vector256<uint> W2, Vector256<uint> W3);
