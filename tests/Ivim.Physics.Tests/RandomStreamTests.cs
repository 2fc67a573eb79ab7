namespace Ivim.Physics.Tests;

public sealed class RandomStreamTests
{
    // Known answers of philox4x32-10 from Random123's kat_vectors.
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
        0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0,
        0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void A_block_gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3)
    {
        var (low, high) = RandomStream.Block(Join(k0, k1), Join(c0, c1), Join(c2, c3));
        Assert.Equal(Join(r0, r1), low);
        Assert.Equal(Join(r2, r3), high);
    }

    [Fact]
    public void Uniform_draws_fill_their_bins_evenly()
    {
        const int draws = 100_000, bins = 100;
        var counts = new int[bins];
        var stream = new RandomStream(7);
        for (ulong i = 0; i < draws; i++) counts[(int)(bins * stream.Uniform(i))]++;
        double expected = draws / (double)bins;
        double chiSquare = counts.Sum(n => (n - expected) * (n - expected) / expected);
        Assert.InRange(chiSquare, 60, 149);   // chi-square with 99 degrees of freedom: both ends are beyond 1 in 1000
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_a_normal_distribution()
    {
        const int draws = 200_000;
        var stream = new RandomStream(8);
        var x = Enumerable.Range(0, draws).Select(i => stream.Gaussian((ulong)i)).ToArray();
        double error = 1 / Math.Sqrt(draws);
        Assert.Equal(0, x.Average(), 4 * error);                                     // four standard errors each
        Assert.Equal(1, x.Average(v => v * v), 4 * Math.Sqrt(2) * error);
        Assert.Equal(0, x.Average(v => v * v * v), 4 * Math.Sqrt(15) * error);
        Assert.Equal(3, x.Average(v => v * v * v * v), 4 * Math.Sqrt(96) * error);
        double pairs = Enumerable.Range(0, draws / 2).Average(i => x[2 * i] * x[2 * i + 1]);
        Assert.Equal(0, pairs, 4 * Math.Sqrt(2) * error);
    }

    [Fact]
    public void The_same_index_gives_the_same_draw_in_any_order()
    {
        var stream = new RandomStream(3, 5);
        double[] forward = [.. Enumerable.Range(0, 100).Select(i => stream.Uniform((ulong)i))];
        double[] backward = [.. Enumerable.Range(0, 100).Reverse()
            .Select(i => new RandomStream(3, 5).Uniform((ulong)i))];
        Assert.Equal(forward, backward.Reverse());
    }

    [Fact]
    public void Children_and_seeds_do_not_repeat_each_other()
    {
        var root = new RandomStream(1);
        RandomStream[] streams = [root, root.Child(0), root.Child(1), root.Child(0).Child(0), new(2), new(1, 1)];
        var words = streams.SelectMany(s => Enumerable.Range(0, 50).Select(i => s.Bits((ulong)i)));
        Assert.Equal(6 * 50, words.Distinct().Count());
    }

    [Fact]
    public void A_permutation_holds_every_index_once()
    {
        var order = new RandomStream(4).Permutation(1000);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
    }

    private static ulong Join(uint low, uint high) => low | (ulong)high << 32;
}
