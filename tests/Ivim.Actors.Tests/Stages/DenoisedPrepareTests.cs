using System.Text.Json.Nodes;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;
using Ivim.Physics.Phantoms;

namespace Ivim.Actors.Tests.Stages;

/// <summary>The prepare stage on a noisy phantom whose truth is known.</summary>
public sealed class DenoisedPrepareTests : IDisposable
{
    private const double Snr = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DenoisingMethods.MarchenkoPasturPca)]
    [InlineData(DenoisingMethods.LocalPca)]
    public void Denoised_signals_are_nearer_to_the_truth_and_of_the_same_voxels(string method)
    {
        var noisy = NoisyPhantom.Make(Snr);
        var (raw, rawFrame) = Prepare(noisy, new DenoisingRules { Method = DenoisingMethods.None });
        var (denoised, frame) = Prepare(noisy, new DenoisingRules { Method = method });
        var (truth, _) = Prepare(NoisyPhantom.Make(1e6), new DenoisingRules { Method = DenoisingMethods.None });

        Assert.Equal(rawFrame.Longs("voxels"), frame.Longs("voxels"));
        // Published gains of local PCA on structured phantoms at SNR 20 are 3 to 6 (METHOD d.6); half is asked for
        // here, because a slab of a small phantom has few samples.
        Assert.True(Error(denoised, truth) < Error(raw, truth) / 1.5,
            $"{Error(denoised, truth)} after, {Error(raw, truth)} before");
    }

    [Fact]
    public void What_was_found_of_the_noise_stands_in_the_frame()
    {
        var (_, frame) = Prepare(NoisyPhantom.Make(Snr), new DenoisingRules());
        var noise = JsonNode.Parse(Array.ConvertAll(frame.Longs("noise"), value => (byte)value))!;
        // The phantom's S0 is 1000; an estimate from some thousand independent values is good to a few per cent.
        Assert.InRange((double)noise["sigmaMedianScannerUnits"]!, 0.85 * 1000 / Snr, 1.15 * 1000 / Snr);
        Assert.Equal("not known", (string?)noise["acquiredMatrix"]!["source"]);
        Assert.InRange((double)noise["noiseCorrelation"]!["x"]!, -0.1, 0.1);
    }

    private (float[] Signals, NamedArrays Frame) Prepare(Phantom phantom, DenoisingRules denoising)
    {
        var protocol = StudyWalk.ThreeSlabs with
        {
            Denoising = denoising, Slabs = new SlabRules { Slices = 64, Halo = 0 },
        };
        var name = Guid.NewGuid().ToString("n");
        var walk = new StudyWalk(_folder, NoisyPhantom.Write(phantom, _folder[name]), protocol, name);
        var prepared = walk.Run(ItemName.Prepare);
        return (walk.Read(prepared, StudyPlan.SlabName(0)).Floats("signals"), walk.Read(prepared, StudyPlan.Frame));
    }

    private static double Error(float[] signals, float[] truth) =>
        Math.Sqrt(signals.Zip(truth, (a, b) => (double)(a - b) * (a - b)).Average());
}
