using Ivim.Actors.Aggregation;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Imaging.Nifti;
using Ivim.Physics.Phantoms;
using Ivim.Physics.Uncertainty;

namespace Ivim.Actors.Tests.Stages;

/// <summary>Standard deviations and the mask of identifiable D*, from the scan to the published files.</summary>
public sealed class MapErrorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Intervals_of_denoised_maps_hold_the_truth_about_as_often_as_they_say()
    {
        var phantom = NoisyPhantom.Make(30, size: 40);
        var (destination, _) = Publish(phantom, new Protocol { Method = Methods.LeastSquares });
        // One small phantom: docs/uncertainty.md has 85 to 95 % over large ones; its edges lie closer together.
        Assert.InRange(Coverage(destination, "D", phantom.D, phantom), 0.80, 0.97);
        Assert.InRange(Coverage(destination, "f", phantom.F, phantom), 0.80, 0.97);
        Assert.InRange(Coverage(destination, "Dstar", phantom.DStar, phantom), 0.80, 0.99);
    }

    [Fact]
    public void The_mask_of_identifiable_voxels_is_published_and_follows_its_rule()
    {
        var (destination, maps) = Publish(NoisyPhantom.Make(20), new Protocol { Method = Methods.LeastSquares });
        var image = NiftiFile.Read(destination.Image(OutputMaps.Reliable));
        Assert.Equal(NiftiDataType.Unsigned8, image.Header.DataType);
        var (f, error) = (NiftiFile.Read(destination.Image("f")).Voxels,
            NiftiFile.Read(destination.Image("Dstar-std")).Voxels);
        var mask = NiftiFile.Read(destination.Image(OutputMaps.Mask)).Voxels;
        double largest = 0.5 * 0.195 / Math.Sqrt(12);
        for (int voxel = 0; voxel < mask.Length; voxel++)
            Assert.Equal(mask[voxel] > 0 && f[voxel] > 0.03 && error[voxel] < largest, image.Voxels[voxel] == 1);

        Assert.True(destination.Holds([.. maps]));
        File.Delete(destination.Image(OutputMaps.Reliable));
        Assert.False(destination.Holds([.. maps]));
    }

    [Theory]
    [InlineData(Methods.MarkovField, DenoisingMethods.MarchenkoPasturPca, true)]
    [InlineData(Methods.Bayes, DenoisingMethods.None, false)]
    [InlineData(Methods.Bayes, DenoisingMethods.MarchenkoPasturPca, true)]
    public void Every_method_has_standard_deviations_and_S0_has_them_where_noise_is_propagated(
        string method, string denoising, bool ofS0)
    {
        var (destination, maps) = Publish(NoisyPhantom.Make(30, size: 12), new Protocol
        {
            Method = method,
            Denoising = new DenoisingRules { Method = denoising },
            Polish = new PolishRules { Method = PolishRules.None },
            Bayes = new BayesRules { BurnIn = 200, Samples = 200 },
        });
        var names = maps.Select(map => map.Parameter).ToList();
        Assert.Empty(((string[])["D-std", "f-std", "Dstar-std", OutputMaps.Reliable]).Except(names));
        Assert.Equal(ofS0, names.Contains("S0-std"));
        var mask = NiftiFile.Read(destination.Image(OutputMaps.Mask)).Voxels;
        var errors = NiftiFile.Read(destination.Image("D-std")).Voxels;
        for (int voxel = 0; voxel < mask.Length; voxel++) Assert.Equal(mask[voxel] > 0, errors[voxel] > 0);
    }

    private (Destination Destination, IReadOnlyList<Domain.Studies.PublishedMap> Maps) Publish(
        Phantom phantom, Protocol protocol)
    {
        var dossier = NoisyPhantom.Write(phantom, _folder["in"]);
        var walk = new StudyWalk(_folder, dossier, protocol);
        return (new Destination(dossier), [.. PublishedMaps.Read(walk.RunUntil(ItemName.Publish))]);
    }

    private static double Coverage(Destination destination, string name, float[] truth, Phantom phantom) =>
        IntervalCoverage.Of90Percent(NiftiFile.Read(destination.Image(name)).Voxels,
            NiftiFile.Read(destination.Image(name + OutputMaps.SpreadSuffix)).Voxels, truth,
            Array.ConvertAll(phantom.Labels, label => label > 0));
}
