using Ivim.Actors.Aggregation;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Imaging.Nifti;
using Ivim.Physics.Phantoms;

namespace Ivim.Actors.Tests.Stages;

/// <summary>The polish from the merged maps to the published files.</summary>
public sealed class PolishStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Polished_maps_are_published_beside_the_others_and_are_nearer_to_the_truth()
    {
        var phantom = NoisyPhantom.Make(20, size: 48);
        var (destination, maps) = Publish(phantom, "guided", slices: 2);
        string[] expected =
        [
            "D", "D-polished", "D-polished-std", "D-std", "Dstar", "Dstar-polished", "Dstar-polished-std", "Dstar-std",
        ];
        Assert.Equal(expected,
            maps.Where(name => name.StartsWith('D')).Order(StringComparer.Ordinal));
        foreach (var (name, truth) in ((string, float[])[])
            [("D", phantom.D), ("f", phantom.F), ("Dstar", phantom.DStar)])
        {
            double plain = Error(destination.Image(name), phantom, truth);
            double polished = Error(destination.Image(name + OutputMaps.PolishedSuffix), phantom, truth);
            // docs/polish.md: about two thirds of the error before; a tenth is far more than one noise draw gives.
            Assert.True(polished < 0.9 * plain, $"{name}: {polished} polished, {plain} before");
        }
    }

    [Fact]
    public void The_cut_into_slabs_changes_no_bit_of_the_polish()
    {
        var phantom = NoisyPhantom.Make(20);
        var (whole, _) = Publish(phantom, "whole", slices: 64);
        var (slabs, _) = Publish(phantom, "slabs", slices: 1);
        foreach (var name in (string[])["D", "f", "Dstar", "S0"])
            Assert.Equal(NiftiFile.Read(whole.Image(name + OutputMaps.PolishedSuffix)).Voxels,
                NiftiFile.Read(slabs.Image(name + OutputMaps.PolishedSuffix)).Voxels);
    }

    private (Destination Destination, string[] Maps) Publish(Phantom phantom, string name, int slices)
    {
        var dossier = NoisyPhantom.Write(phantom, _folder["in-" + name]);
        var protocol = new Protocol
        {
            Method = Methods.LeastSquares,
            Polish = new PolishRules { Method = PolishRules.Guided },
            Slabs = new SlabRules { Slices = slices, Halo = 0 },
        };
        var walk = new StudyWalk(_folder, dossier, protocol, name);
        var published = PublishedMaps.Read(walk.RunUntil(ItemName.Publish));
        return (new Destination(dossier), [.. published.Select(map => map.Parameter)]);
    }

    private static double Error(string image, Phantom phantom, float[] truth)
    {
        var voxels = NiftiFile.Read(image).Voxels;
        return Math.Sqrt(Enumerable.Range(0, truth.Length).Where(i => phantom.Labels[i] > 0)
            .Average(i => Math.Pow(voxels[i] - truth[i], 2)));
    }
}
