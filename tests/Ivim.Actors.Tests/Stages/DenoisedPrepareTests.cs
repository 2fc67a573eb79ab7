using System.Globalization;
using System.Text.Json.Nodes;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Imaging.Nifti;
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
        var noisy = Phantom(Snr);
        var (raw, rawFrame) = Prepare(noisy, new DenoisingRules { Method = DenoisingMethods.None });
        var (denoised, frame) = Prepare(noisy, new DenoisingRules { Method = method });
        var (truth, _) = Prepare(Phantom(1e6), new DenoisingRules { Method = DenoisingMethods.None });

        Assert.Equal(rawFrame.Longs("voxels"), frame.Longs("voxels"));
        // Published gains of local PCA on structured phantoms at SNR 20 are 3 to 6 (METHOD d.6); half is asked for
        // here, because a slab of a small phantom has few samples.
        Assert.True(Error(denoised, truth) < Error(raw, truth) / 1.5,
            $"{Error(denoised, truth)} after, {Error(raw, truth)} before");
    }

    [Fact]
    public void What_was_found_of_the_noise_stands_in_the_frame()
    {
        var (_, frame) = Prepare(Phantom(Snr), new DenoisingRules());
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
        var walk = new StudyWalk(_folder, Write(phantom, _folder[name]), protocol, name);
        var prepared = walk.Run(ItemName.Prepare);
        return (walk.Read(prepared, StudyPlan.SlabName(0)).Floats("signals"), walk.Read(prepared, StudyPlan.Frame));
    }

    private static Phantom Phantom(double snr) => Ivim.Physics.Phantoms.Phantom.Make(new PhantomRecipe
    {
        Kind = PhantomKind.Smooth, Width = 24, Height = 24, Depth = 6, SignalToNoise = snr, Seed = 5,
        BSecondsPerMm2 = [0, 10, 20, 30, 40, 60, 150, 300, 500, 700],
    });

    private static StudyDossier Write(Phantom phantom, string folder)
    {
        Directory.CreateDirectory(folder);
        var recipe = phantom.Recipe;
        var shape = new ImageShape(recipe.Width, recipe.Height, recipe.Depth, 1);
        var header = NiftiGeometry.Create(shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 4, 0]));
        var dossier = new StudyDossier(
            Path.Combine(folder, "sub-07_dwi.nii.gz"), Path.Combine(folder, "sub-07_dwi.bval"), null,
            Path.Combine(folder, "mask.nii.gz"), Path.Combine(folder, "maps"), "sub-07_dwi");
        NiftiWriter.WriteFile(
            dossier.Image, header, shape with { Volumes = recipe.BSecondsPerMm2.Count }, phantom.Signals);
        NiftiWriter.WriteFile(dossier.Mask!, header, shape, [.. phantom.Labels.Select(label => label > 0 ? 1f : 0f)]);
        File.WriteAllText(dossier.BValues,
            string.Join(' ', recipe.BSecondsPerMm2.Select(b => b.ToString(CultureInfo.InvariantCulture))));
        return dossier;
    }

    private static double Error(float[] signals, float[] truth) =>
        Math.Sqrt(signals.Zip(truth, (a, b) => (double)(a - b) * (a - b)).Average());
}
