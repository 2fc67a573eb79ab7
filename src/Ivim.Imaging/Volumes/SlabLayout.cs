using System.Collections.Immutable;

namespace Ivim.Imaging.Volumes;

/// <summary>Consecutive slices that are trained together; all four limits are inclusive slice indices.</summary>
/// <param name="CoreFirst">The slab owns its core: maps of these slices come from it.</param>
/// <param name="HaloFirst">It reads its halo too; clipped at the ends of the volume.</param>
public readonly record struct Slab(int Index, int CoreFirst, int CoreLast, int HaloFirst, int HaloLast)
{
    public int CoreSlices => CoreLast - CoreFirst + 1;
}

/// <summary>Cuts a volume into slabs. Pure.</summary>
public static class SlabLayout
{
    /// <param name="slices">Slices of the volume, at least 1.</param>
    /// <param name="slabSlices">Slices a slab owns, at least 1; the last slab may own fewer.</param>
    /// <param name="haloSlices">Neighbour slices it reads on either side, at least 0.</param>
    /// <returns>Slabs in ascending order; every slice is in exactly one core.</returns>
    public static ImmutableArray<Slab> Cut(int slices, int slabSlices, int haloSlices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slices, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(slabSlices, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(haloSlices);
        slabSlices = Math.Min(slabSlices, slices);
        haloSlices = Math.Min(haloSlices, slices);
        return
        [
            .. Enumerable.Range(0, (slices - 1) / slabSlices + 1).Select(index =>
            {
                int first = index * slabSlices, last = Math.Min(first + slabSlices, slices) - 1;
                return new Slab(index, first, last, Math.Max(first - haloSlices, 0),
                    Math.Min(last + haloSlices, slices - 1));
            }),
        ];
    }
}
