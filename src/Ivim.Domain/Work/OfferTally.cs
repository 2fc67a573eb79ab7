using Ivim.Domain.Artifacts;

namespace Ivim.Domain.Work;

/// <summary>
/// A set of offers in two numbers, whatever their order: equal sets have equal tallies, and unequal ones next to
/// never.
/// </summary>
/// <param name="Fingerprint">Sum of a 64-bit hash of every offer, the same in every process.</param>
public readonly record struct OfferTally(int Count, long Fingerprint)
{
    public OfferTally With(ItemName item, ContentKey key) =>
        new(Count + 1, unchecked(Fingerprint + HashOf(item, key)));

    public OfferTally Without(ItemName item, ContentKey key) =>
        new(Count - 1, unchecked(Fingerprint - HashOf(item, key)));

    /// <summary>FNV-1a (Fowler, Noll and Vo), 64 bits.</summary>
    private static long HashOf(ItemName item, ContentKey key)
    {
        ulong hash = 14695981039346656037;
        foreach (char digit in key.Hex) Take(digit);
        Take((uint)item.Stage);
        Take((uint)item.Slab);
        Take((uint)item.Member);
        return unchecked((long)hash);

        void Take(uint value) => hash = unchecked((hash ^ value) * 1099511628211);
    }
}
