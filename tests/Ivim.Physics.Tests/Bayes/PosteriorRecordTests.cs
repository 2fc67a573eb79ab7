using Ivim.Physics.Bayes;

namespace Ivim.Physics.Tests.Bayes;

/// <summary>Samples of known laws, kept as the sampler keeps them.</summary>
public sealed class PosteriorRecordTests
{
    private const int Slots = 8, Ranging = 200, Samples = 2000, Slot = 5;

    private static readonly RandomStream Stream = new(361);

    [Fact]
    public void Quantiles_are_those_of_the_samples_of_all_chains()
    {
        var (record, samples) = Recorded(offsetOfThirdChain: 0.5);
        double[] sorted = [.. samples.SelectMany(chain => chain).Order()];
        double deviation = 0.2;
        foreach (double level in new[] { 0.1586553, 0.5, 0.8413447 })
        {
            var (found, isLimit) = record.Quantile(Slot, 1, level);
            Assert.False(isLimit);
            // A bin is 0.16 standard deviations wide, and linear inside.
            Assert.Equal(sorted[(int)(level * sorted.Length)], found, 0.02 * deviation);
        }
    }

    [Fact]
    public void A_quantile_outside_the_range_of_the_histogram_is_told_to_be_a_limit()
    {
        var (record, _) = Recorded(shiftAfterRanging: 30);
        Assert.True(record.Quantile(Slot, 1, 0.5).IsLimit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void R_hat_is_that_of_the_halved_chains(double offsetOfThirdChain)
    {
        var (record, samples) = Recorded(offsetOfThirdChain);
        double[][] halves = [.. samples.SelectMany(chain => new[] { chain[..(Samples / 2)], chain[(Samples / 2)..] })];
        double n = Samples / 2, mean = halves.Average(half => half.Average());
        double within = halves.Average(half => half.Sum(x => Math.Pow(x - half.Average(), 2)) / (n - 1));
        double between = n / (halves.Length - 1) * halves.Sum(half => Math.Pow(half.Average() - mean, 2));
        double expected = Math.Sqrt(((n - 1) / n * within + between / n) / within);
        Assert.Equal(expected, record.RHat(Slot, 1, Samples / 2), 1e-4);   // sums in single precision
        Assert.Equal(offsetOfThirdChain > 0, expected > 1.1);
    }

    [Fact]
    public void Chains_that_never_move_agree_or_disagree_without_a_division_by_zero()
    {
        Assert.Equal(1, PotentialScaleReduction.Of([3, 3], [0, 0], 10));
        Assert.Equal(PotentialScaleReduction.Largest, PotentialScaleReduction.Of([3, 4], [0, 0], 10));
    }

    // Normal samples of logit f, mean −1, standard deviation 0.2; offset and shift in standard deviations.
    private static (PosteriorRecord Record, double[][] Samples) Recorded(
        double offsetOfThirdChain = 0, double shiftAfterRanging = 0)
    {
        Chain[] chains = [.. Enumerable.Range(0, 3).Select(_ => new Chain(Slots, bValues: 4, key: 0))];
        double[][] samples = [.. chains.Select(_ => new double[Samples])];
        var record = new PosteriorRecord(chains.Length, Slots);
        var block = new SlotBlock(0, Slots);
        for (int sweep = 0; sweep < Ranging + Samples; sweep++)
        {
            bool isSample = sweep >= Ranging;
            for (int chain = 0; chain < chains.Length; chain++)
            {
                double draw = Stream.Gaussian((ulong)(3 * sweep + chain)) + (chain == 2 ? offsetOfThirdChain : 0);
                float theta = (float)(-1 + 0.2 * (draw + (isSample ? shiftAfterRanging : 0)));
                chains[chain].Theta[1][Slot] = theta;
                if (isSample) samples[chain][sweep - Ranging] = theta;
            }
            if (sweep == 0) record.BeginRanging(chains[0]);
            record.Add(chains, block, isSample ? (sweep - Ranging) / (Samples / 2) : 0, isSample);
            if (sweep == Ranging - 1) record.EndRanging(Ranging);
        }
        return (record, samples);
    }
}
