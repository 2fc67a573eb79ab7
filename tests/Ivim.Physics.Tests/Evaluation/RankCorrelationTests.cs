using CsCheck;
using Ivim.Physics.Evaluation;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class RankCorrelationTests
{
    [Fact]
    public void A_case_without_ties_by_hand() =>
        // 1 − 6 Σ d² / (n (n² − 1)) with rank differences 1, 1, 1, 1, 0: 1 − 24 / 120.
        Assert.Equal(0.8, RankCorrelation.Spearman([10, 20, 30, 40, 50], [2, 1, 4, 3, 5]), 1e-15);

    [Fact]
    public void Equal_values_share_their_mean_rank() =>
        Assert.Equal([1.5, 3, 1.5, 4], RankCorrelation.Ranks([7, 8, 7, 9]));

    [Fact]
    public void A_case_with_ties_by_hand() =>
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance sum 4.5, squares 4.5 and 5.
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Spearman([1, 2, 2, 3], [1, 2, 3, 4]), 1e-15);

    [Fact]
    public void A_constant_has_none() => Assert.Equal(0, RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));

    [Fact]
    public void A_rising_function_of_the_truth_has_correlation_one() => Gen.Float[-3, 3].Array[2, 50].Sample(x =>
    {
        if (x.Distinct().Count() < 2) return true;
        // A product with 4 is exact in float, so that ties stay ties.
        double found = RankCorrelation.Spearman(x, Array.ConvertAll(x, v => v * 4));
        return Math.Abs(found - 1) < 1e-12;
    });
}
