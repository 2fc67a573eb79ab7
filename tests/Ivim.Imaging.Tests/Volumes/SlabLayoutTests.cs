using CsCheck;
using Ivim.Imaging.Volumes;

namespace Ivim.Imaging.Tests.Volumes;

public sealed class SlabLayoutTests
{
    [Fact]
    public void Slabs_own_their_core_and_read_their_halo() => Assert.Equal(
        [new Slab(0, 0, 3, 0, 4), new Slab(1, 4, 7, 3, 8), new Slab(2, 8, 9, 7, 9)],
        SlabLayout.Cut(10, 4, 1).ToArray());

    [Fact]
    public void One_slice_is_one_slab() => Assert.Equal([new Slab(0, 0, 0, 0, 0)], SlabLayout.Cut(1, 8, 2).ToArray());

    [Fact]
    public void Every_slice_has_one_owner_and_halos_stay_inside() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 400], Gen.Int[0, 400]).Sample((slices, size, halo) =>
        {
            var slabs = SlabLayout.Cut(slices, size, halo);
            return slabs.SelectMany(s =>
                Enumerable.Range(s.CoreFirst, s.CoreSlices)).SequenceEqual(Enumerable.Range(0, slices))
                && slabs.All(s => s.CoreSlices <= size && s.HaloFirst == Math.Max(0, s.CoreFirst - halo)
                    && s.HaloLast == Math.Min(slices - 1, s.CoreLast + halo));
        });
}
