using System.Runtime.Intrinsics;
using Ivim.Physics.Bayes;

namespace Ivim.Physics.Tests.Bayes;

public sealed class NeighbourTests
{
    private static readonly RandomStream Stream = new(321);

    // A block with holes: 60 % of 13 x 11 x 4 voxels, in no order of the grid.
    private static readonly VoxelPosition[] Positions = [.. Stream.Permutation(13 * 11 * 4)
        .Where(i => Stream.Uniform((ulong)i) < 0.6)
        .Select(i => new VoxelPosition(i % 13 - 3, i / 13 % 11, i / 143))];

    private static readonly int[] Voxels = [.. Enumerable.Range(0, Positions.Length).Where(i => i % 17 != 0)];

    public static TheoryData<int, int> Radii => new() { { 2, 0 }, { 2, 1 }, { 1, 2 } };

    [Theory]
    [MemberData(nameof(Radii))]
    public void No_two_voxels_of_a_colour_are_neighbours(int inPlane, int across)
    {
        var slots = VoxelSlots.Coloured(Voxels, Positions, Field(inPlane, across));
        foreach (var colour in slots.Colours)
        {
            int[] voxels = [.. slots.Blocks[colour]
                .SelectMany(block => slots.VoxelOf.Slice(block.First, block.Count).ToArray())
                .Where(voxel => voxel != VoxelSlots.Padding)];
            foreach (int one in voxels)
                foreach (int other in voxels)
                    Assert.False(one != other && AreNeighbours(one, other, inPlane, across));
        }
    }

    [Theory]
    [MemberData(nameof(Radii))]
    public void Every_voxel_has_one_slot(int inPlane, int across)
    {
        var slots = VoxelSlots.Coloured(Voxels, Positions, Field(inPlane, across));
        Assert.Equal(Voxels, slots.VoxelOf.ToArray().Where(voxel => voxel != VoxelSlots.Padding).Order());
        Assert.Equal(Voxels.Length, slots.Voxels);
        Assert.All(slots.Blocks, block => Assert.Equal(0, block.Count % 8));
        Assert.Equal(slots.Count, slots.Blocks.Sum(block => block.Count));
    }

    [Theory]
    [MemberData(nameof(Radii))]
    public void The_change_is_the_sum_over_the_neighbours_in_the_mask(int inPlane, int across)
    {
        var field = Field(inPlane, across);
        var slots = VoxelSlots.Coloured(Voxels, Positions, field);
        var table = new NeighbourTable(slots, Positions, field);
        float[] theta = [.. Enumerable.Range(0, slots.Count)
            .Select(slot => (float)Stream.Gaussian((ulong)slot)), NeighbourTable.FarAway];
        for (int slot = 0; slot < slots.Count; slot += 8)
        {
            var current = Vector256.Create(theta.AsSpan(slot, 8));
            var change = table.Change(theta, slot, current, current + Vector256.Create(0.25f));
            for (int lane = 0; lane < 8; lane++)
            {
                int voxel = slots.VoxelOf[slot + lane];
                double expected = 0;
                for (int other = 0; other < slots.Count; other++)
                {
                    int neighbour = slots.VoxelOf[other];
                    if (voxel == VoxelSlots.Padding || neighbour == VoxelSlots.Padding || voxel == neighbour
                        || !AreNeighbours(voxel, neighbour, inPlane, across)) continue;
                    double d = theta[other] - current[lane];
                    expected += Math.Abs(d - 0.25) - Math.Abs(d);
                }
                Assert.Equal(expected, change[lane], 1e-4);   // single precision over up to 74 neighbours
            }
        }
    }

    private static MarkovFieldOptions Field(int inPlane, int across) =>
        MarkovFieldOptions.Absolute with { InPlaneRadius = inPlane, ThroughPlaneRadius = across };

    private static bool AreNeighbours(int one, int other, int inPlane, int across)
    {
        var (a, b) = (Positions[one], Positions[other]);
        return Math.Abs(a.X - b.X) <= inPlane && Math.Abs(a.Y - b.Y) <= inPlane && Math.Abs(a.Z - b.Z) <= across;
    }
}
