using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Stages;

/// <summary>The published baselines through the stages that every method goes through.</summary>
public sealed class BaselineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Methods.Bayes)]
    [InlineData(Methods.BayesField)]
    [InlineData(Methods.MarkovField)]
    public void Slabs_cut_out_of_the_fit_of_a_study_are_its_voxels_in_order(string method)
    {
        var whole = Maps(method, slices: 6);
        var slabs = Maps(method, slices: 2);
        Assert.Equal(whole, slabs);
        Assert.True(whole.Distinct().Count() > whole.Length / 2, "the maps are nearly constant");
    }

    [Theory]
    [InlineData(Methods.IvimNetOrig)]
    [InlineData(Methods.IvimNetOptim)]
    public void Published_networks_go_through_the_chain_of_our_own(string method)
    {
        var maps = Maps(method, slices: 2);
        Assert.All(maps, value => Assert.InRange(value, 0f, 0.005f));
    }

    /// <summary>A noise-free exponential has no best answer but the truth; the start of MRF-MAP is that fit.</summary>
    [Fact]
    public void A_weak_field_leaves_a_noise_free_series_near_its_truth()
    {
        var protocol = Protocol(Methods.MarkovField, 6) with { Bayes = new BayesRules { MapTau = 1000 } };
        var maps = Maps(protocol, "weak");
        int[] voxels = [.. Enumerable.Range(0, SmallSeries.Voxels).Where(SmallSeries.IsIrregular)];
        // The prior still pulls a little: 3 % is far below the spread of D over the series (a factor of 3).
        for (int i = 0; i < maps.Length; i++) Assert.Equal(1, maps[i] / SmallSeries.D(voxels[i]), 0.03);
    }

    private static Protocol Protocol(string method, int slices) => new()
    {
        Method = method,
        Denoising = new DenoisingRules { Method = DenoisingMethods.None },
        Polish = new PolishRules { Method = PolishRules.None },
        Slabs = new SlabRules { Slices = slices, Halo = 0 },
        Ensemble = new EnsembleRules { Members = 2 },
        Bayes = new BayesRules { BurnIn = 300, Samples = 300, FieldBurnIn = 200, FieldSamples = 200 },
        PublishedNetwork = new PublishedNetworkRules { MostSteps = 50 },
    };

    private float[] Maps(string method, int slices) => Maps(Protocol(method, slices), $"{method}-{slices}");

    /// <summary>D over the voxels of the mask.</summary>
    private float[] Maps(Protocol protocol, string work)
    {
        var walk = new StudyWalk(_folder, SmallSeries.Write(_folder["in-" + work]), protocol, work);
        walk.RunUntil(ItemName.Assemble);
        int slabs = (6 + protocol.Slabs.Slices - 1) / protocol.Slabs.Slices;
        return [.. Enumerable.Range(0, slabs).SelectMany(slab => walk.Merged(slab).Floats("D"))];
    }
}
