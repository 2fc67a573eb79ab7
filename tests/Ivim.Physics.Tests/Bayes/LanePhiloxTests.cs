using System.Runtime.Intrinsics;
using Ivim.Physics.Bayes;

namespace Ivim.Physics.Tests.Bayes;

public sealed class LanePhiloxTests
{
    [Fact]
    public void Eight_lanes_hold_the_blocks_of_the_random_stream()
    {
        const ulong key = 0xFEDC_BA98_7654_3210;
        var voxels = Vector256.Create(0u, 1, 17, 4095, 100_000, uint.MaxValue, 8, 3);
        foreach (uint sweep in new uint[] { 0, 1, 9999, uint.MaxValue })
        {
            foreach (uint part in new uint[] { 0, 1 })
            {
                var words = new LanePhilox(key).Words(voxels, sweep, part);
                for (int lane = 0; lane < 8; lane++)
                {
                    var (low, high) = RandomStream.Block(key, voxels[lane] | (ulong)sweep << 32, part);
                    Assert.Equal(low, words.W0[lane] | (ulong)words.W1[lane] << 32);
                    Assert.Equal(high, words.W2[lane] | (ulong)words.W3[lane] << 32);
                }
            }
        }
    }
}
