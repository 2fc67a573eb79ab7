using Ivim.Physics.Evaluation;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class SeedSpreadTests
{
    [Fact]
    public void Maps_of_two_seeds_spread_by_their_deviation_over_their_mean() =>
        // Means 2 and 4, deviations √2 and 0: their sum over the sum of the means.
        Assert.Equal(Math.Sqrt(2) / 6, SeedSpread.Of([[1f, 4f], [3f, 4f]]), 1e-12);
}
