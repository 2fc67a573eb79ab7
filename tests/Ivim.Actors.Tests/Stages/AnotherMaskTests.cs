using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Imaging.Nifti;
using Ivim.Physics.Phantoms;

namespace Ivim.Actors.Tests.Stages;

/// <summary>A slab's bytes are in the keys of its items: they change with the mask only where they have to.</summary>
public sealed class AnotherMaskTests : IDisposable
{
    private const int Size = 16, Slices = 10;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>
    /// Five slabs of two slices with a halo of one. A voxel that is not in the mask has no patch about it, which is
    /// missed as far as the patch reaches.
    /// </remarks>
    [Theory]
    [InlineData(DenoisingMethods.None, 5, 8, "3 4")]
    [InlineData(DenoisingMethods.None, 5, 9, "4")]
    [InlineData(DenoisingMethods.None, 5, 0, "0")]
    [InlineData(DenoisingMethods.None, 5, 5, "2 3")]
    [InlineData(DenoisingMethods.MarchenkoPasturPca, 5, 5, "1 2 3 4")]
    [InlineData(DenoisingMethods.MarchenkoPasturPca, 3, 5, "1 2 3")]
    [InlineData(DenoisingMethods.LocalPca, 3, 5, "1 2 3")]
    public void Only_the_slabs_change_that_the_changed_slice_reaches(
        string method, int patchSlices, int changed, string touched)
    {
        var protocol = Protocol(new DenoisingRules { Method = method, PatchSlices = patchSlices });
        var before = Prepare(protocol, "before", keepsAll: _ => true);
        var after = Prepare(protocol, "after", keepsAll: slice => slice != changed);
        Assert.Equal(touched, Changed(before, after));
    }

    /// <summary>Every voxel of the coarser grid has a voxel of either mask beside it: no patch is missed.</summary>
    [Fact]
    public void Nor_do_slabs_change_that_are_denoised_on_the_acquired_matrix()
    {
        var protocol = Protocol(new DenoisingRules { PatchSlices = 3 });
        var kSpace = new KSpaceRecipe { Width = 12, Height = 12 };
        var before = Prepare(protocol, "before", keepsAll: _ => true, kSpace);
        var after = Prepare(protocol, "after", keepsAll: slice => slice != 5, kSpace);
        Assert.Equal("2 3", Changed(before, after));
    }

    /// <summary>A slab that is cut out of a fit of all voxels has to say where: there nothing is kept.</summary>
    [Fact]
    public void Slabs_of_one_fit_of_the_study_say_where_they_begin()
    {
        var protocol = Protocol(new DenoisingRules { Method = DenoisingMethods.None }) with
        {
            Method = Methods.MarkovField,
        };
        var before = Prepare(protocol, "before", keepsAll: _ => true);
        var after = Prepare(protocol, "after", keepsAll: slice => slice != 0);
        Assert.Equal("0 1 2 3 4", Changed(before, after));
    }

    private static Protocol Protocol(DenoisingRules denoising) => StudyWalk.ThreeSlabs with { Denoising = denoising };

    /// <summary>In a slice that does not keep all every third voxel of the mask is missing.</summary>
    private WorkResult Prepare(
        Protocol protocol, string name, Func<int, bool> keepsAll, KSpaceRecipe? kSpace = null)
    {
        var phantom = Phantom.Make(new PhantomRecipe
        {
            Kind = PhantomKind.Smooth, Width = Size, Height = Size, Depth = Slices, SignalToNoise = 20, Seed = 5,
            BSecondsPerMm2 = [0, 10, 20, 40, 80, 150, 300, 500, 700], KSpace = kSpace,
        });
        var dossier = NoisyPhantom.Write(phantom, _folder[name]);
        var shape = new ImageShape(Size, Size, Slices, 1);
        bool Keeps(int voxel) => phantom.Labels[voxel] > 0 && (voxel % 3 != 0 || keepsAll(voxel / (Size * Size)));
        NiftiWriter.WriteFile(dossier.Mask!, NiftiFile.Read(dossier.Mask!).Header, shape,
            [.. Enumerable.Range(0, Size * Size * Slices).Select(voxel => Keeps(voxel) ? 1f : 0f)]);
        return new StudyWalk(_folder, dossier, protocol, name + "-work").Run(ItemName.Prepare);
    }

    private static string Changed(WorkResult before, WorkResult after) => string.Join(' ',
        Enumerable.Range(0, 5).Where(slab =>
            before.Output(StudyPlan.SlabName(slab)) != after.Output(StudyPlan.SlabName(slab))));
}
