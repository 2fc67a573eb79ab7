namespace Ivim.Physics;

/// <summary>
/// Random numbers by index: the n-th draw of a stream depends on its seed, its path and n, on nothing else.
/// </summary>
/// <remarks>
/// Philox 4x32 with 10 rounds, a counter-based generator: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
/// SC'11, doi 10.1145/2063384.2063405. No state, so that voxels may be drawn in any order and on any thread.
/// </remarks>
public readonly record struct RandomStream
{
    // Bits, Gaussians and children of one stream read blocks of their own, so that no two of them share a word.
    private const ulong GaussianDomain = 0x9E3779B97F4A7C15, ChildDomain = 0xC2B2AE3D27D4EB4F;

    private readonly ulong _key;
    private readonly ulong _stream;

    /// <param name="seed">The key: what the user or the protocol chose.</param>
    /// <param name="stream">Which of the key's independent streams: a purpose, an epoch, a member.</param>
    public RandomStream(ulong seed, ulong stream = 0) => (_key, _stream) = (seed, stream);

    /// <summary>A stream of its own for a part of the work, for example (member, epoch).</summary>
    public RandomStream Child(ulong part)
    {
        var (low, high) = Block(_key, part, _stream ^ ChildDomain);
        return new RandomStream(low, high);
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong index)
    {
        var (low, high) = Block(_key, index >> 1, _stream);
        return (index & 1) == 0 ? low : high;
    }

    /// <summary>Uniform in the open interval (0, 1), 52 bits.</summary>
    public double Uniform(ulong index) => OpenUnit(Bits(index));

    /// <summary>Uniform in (lower, upper).</summary>
    public double Uniform(ulong index, double lower, double upper) => lower + (upper - lower) * Uniform(index);

    /// <summary>Standard normal, by Box and Muller from the two words of one block.</summary>
    public double Gaussian(ulong index)
    {
        var (first, second) = Block(_key, index >> 1, _stream ^ GaussianDomain);
        double radius = Math.Sqrt(-2 * Math.Log(OpenUnit(first)));
        double angle = 2 * Math.PI * (second >> 11) * (1.0 / (1UL << 53));
        return radius * ((index & 1) == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }

    /// <summary>A random order of 0..length-1 (Fisher and Yates), the same for the same stream.</summary>
    public int[] Permutation(int length)
    {
        var order = new int[length];
        for (int i = 0; i < length; i++) order[i] = i;
        for (int i = length - 1; i > 0; i--)
        {
            int j = (int)Math.BigMul(Bits((ulong)i), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>52 bits, so that adding a half is exact; with 53 the largest value would round to 1.</summary>
    private static double OpenUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>One Philox block: 128 bits from a 64-bit key and a 128-bit counter.</summary>
    internal static (ulong Low, ulong High) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        uint c0 = (uint)counterLow, c1 = (uint)(counterLow >> 32);
        uint c2 = (uint)counterHigh, c3 = (uint)(counterHigh >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0 | (ulong)c1 << 32, c2 | (ulong)c3 << 32);
    }
}
