using Ivim.Physics.Evaluation;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class ErrorMetricsTests
{
    [Fact]
    public void A_case_by_hand()
    {
        // errors 1, 0, −1, 2: squares 1 + 0 + 1 + 4 = 6, RMSE √1.5; truth 1 2 3 4 has mean 2.5 and deviation √1.25.
        var errors = ErrorMetrics.Of([2, 2, 2, 6], [1, 2, 3, 4]);
        Assert.Equal(4, errors.Voxels);
        Assert.Equal(Math.Sqrt(1.5), errors.Rmse, 1e-15);
        Assert.Equal(Math.Sqrt(1.5) / 2.5, errors.NormalisedRmse, 1e-15);
        Assert.Equal(0.5 / 2.5, errors.RelativeBias, 1e-15);
        Assert.Equal(2 / 2.5 - 1, errors.RelativeMedianBias, 1e-15);
        Assert.Equal(Math.Sqrt(1.25), errors.ConstantRmse, 1e-15);
        Assert.Equal(2.0 / 3, errors.CoefficientOfVariation, 1e-15);   // 2 2 2 6: mean 3, deviation √(12 / 3) = 2
    }

    [Fact]
    public void The_truth_itself_has_no_error()
    {
        float[] truth = [0.1f, 0.2f, 0.4f];
        var errors = ErrorMetrics.Of(truth, truth);
        Assert.Equal(0, errors.Rmse);
        Assert.Equal(0, errors.RelativeBias);
        Assert.Equal(1, errors.RankCorrelation, 1e-15);
    }

    [Fact]
    public void The_constant_predictor_has_the_error_it_is_quoted_with()
    {
        float[] truth = [1, 2, 4, 9];
        var errors = ErrorMetrics.Of([4, 4, 4, 4], truth);
        Assert.Equal(errors.ConstantRmse, errors.Rmse, 1e-15);
        Assert.Equal(0, errors.RankCorrelation);
    }

    [Fact]
    public void One_voxel_and_zeros_give_no_NaN()
    {
        Assert.Equal(0, ErrorMetrics.Of([3], [3]).CoefficientOfVariation);
        Assert.Equal(0, ErrorMetrics.Of([0, 0], [0, 0]).NormalisedRmse);
        Assert.Equal(double.PositiveInfinity, ErrorMetrics.Of([1, 1], [0, 0]).NormalisedRmse);
    }

    [Fact]
    public void Nothing_to_compare_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Of([], []));
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Of([1], [1, 2]));
    }

    [Fact]
    public void Regions_have_rows_of_their_own_and_a_pooled_one()
    {
        var rows = RegionalErrors.Table([1, 1, 5, 5, 9], [1, 1, 4, 4, 0], [1, 1, 3, 3, 0], ["background", "liver"]);
        Assert.Equal(["liver", "region 3", "all"], rows.Select(row => row.Region));
        Assert.Equal([1, 3, null], rows.Select(row => row.Label));
        Assert.Equal([0, 1, Math.Sqrt(0.5)], rows.Select(row => row.Errors.Rmse));
        Assert.Equal(0.25, rows[1].Errors.RelativeBias);
    }
}
