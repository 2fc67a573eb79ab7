using CsCheck;
using Ivim.Imaging.Gradients;

namespace Ivim.Imaging.Tests.Gradients;

public sealed class BValueClusterTests
{
    [Fact]
    public void Zero_and_one_stay_two_b_values() =>
        Assert.Equal([0.0, 1.0, 10.0], BValueClusters.Of([1, 0, 10, 1, 10]).SecondsPerMm2.ToArray());

    [Fact]
    public void What_a_scanner_played_around_a_nominal_value_is_one_b_value()
    {
        var clusters = BValueClusters.Of([1005, 0, 995, 1000, 990, 1010, 500]);
        Assert.Equal([0.0, 500.0, 1000.0], clusters.SecondsPerMm2.ToArray());
        Assert.Equal([0, 2, 3, 4, 5], clusters.Volumes[2].ToArray());
        var warning = Assert.Single(clusters.Warnings);
        Assert.Equal("BVAL-CLUSTERED", warning.Code);
        Assert.Contains("990 to 1010", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_of_up_to_one_half_is_zero()
    {
        Assert.Equal([0.0, 10.0], BValueClusters.Of([0.5, 10]).SecondsPerMm2.ToArray());
        Assert.Equal([0.0, 10.0], BValueClusters.Of([0, 0.5, 10]).SecondsPerMm2.ToArray());
        Assert.Equal([0.6, 10.0], BValueClusters.Of([0.6, 10]).SecondsPerMm2.ToArray());
    }

    [Fact]
    public void A_chain_of_small_steps_does_not_run_away()
    {
        double[] chain = [.. Enumerable.Range(0, 200).Select(i => 100 + i * 0.5)];
        var clusters = BValueClusters.Of(chain);
        Assert.True(clusters.SecondsPerMm2.Length > 10);
        foreach (var volumes in clusters.Volumes)
            Assert.True(chain[volumes[^1]] - chain[volumes[0]] <= 0.02 * chain[volumes[^1]]);
    }

    [Fact]
    public void Clusters_are_ascending_complete_and_blind_to_the_order_of_the_volumes()
    {
        var pairs = Gen.Double[0, 1200].Array[1, 60]
            .SelectMany(values => Gen.Shuffle(values).Select(shuffled => (values, shuffled)));
        pairs.Sample(pair =>
        {
            var one = BValueClusters.Of(pair.values);
            var other = BValueClusters.Of(pair.shuffled);
            return one.SecondsPerMm2.SequenceEqual(other.SecondsPerMm2)
                && one.SecondsPerMm2.Zip(one.SecondsPerMm2.Skip(1)).All(next => next.First < next.Second)
                && one.Volumes.SelectMany(v => v).Order().SequenceEqual(Enumerable.Range(0, pair.values.Length));
        });
    }
}
