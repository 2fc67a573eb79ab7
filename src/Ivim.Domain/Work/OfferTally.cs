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

    /// <summary>
    /// FNV-1a (Fowler, Noll and Vo), 64 bits, with the end of MurmurHash3 (Appleby): sums of FNV alone are equal for
    /// neighbouring slabs with swapped keys.
    /// </summary>
    private static long HashOf(ItemName item, ContentKey key)
    {
        ulong hash = 14695981039346656037;
        foreach (char digit in key.Hex) Take(digit);
        Take((uint)item.Stage);
        Take((uint)item.Slab);
        Take((uint)item.Member);
        hash = unchecked((hash ^ (hash >> 33)) * 0xff51afd7ed558ccd);
        hash = unchecked((hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53);
        return unchecked((long)(hash ^ (hash >> 33)));

        void Take(uint value) => hash = unchecked((hash ^ value) * 1099511628211);
    }
}
