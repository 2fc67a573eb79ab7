using System.Text;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Work;
using Ivim.Imaging.Nifti;

namespace Ivim.Actors.Tests.Stages;

public sealed class AssembleStageTests : IDisposable
{
    /// <summary>
    /// The fit of noise-free float32 signals finds D far better than this; two voxels differ by 1e-5, so that none can
    /// pass for its neighbour.
    /// </summary>
    private const double LargestErrorOfD = 2e-6;

    /// <summary>Relative; S0 of two neighbours differs by 3 of at most 860, or 0.0035.</summary>
    private const double LargestErrorOfS0 = 1e-3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Masks { get; } = ["irregular", "nothing in the second slab", "one voxel"];

    [Theory]
    [MemberData(nameof(Masks))]
    public void Every_voxel_comes_back_at_its_own_place(string name)
    {
        var mask = MaskOf(name);
        var dossier = SmallSeries.Write(_folder["in"], mask);
        new StudyWalk(_folder, dossier, StudyWalk.ThreeSlabs).RunUntil(ItemName.Publish);
        var destination = new Destination(dossier);
        var (d, s0, inside) = (Map("D"), Map("S0"), Map("mask"));
        for (int voxel = 0; voxel < SmallSeries.Voxels; voxel++)
        {
            Assert.Equal(mask(voxel) ? 1 : 0, inside[voxel]);
            double error = Math.Abs(d[voxel] - (mask(voxel) ? SmallSeries.D(voxel) : 0));
            Assert.True(error <= LargestErrorOfD, $"D of voxel {voxel} is {d[voxel]}");
            double truth = mask(voxel) ? SmallSeries.S0(voxel) : 0;
            Assert.True(Math.Abs(s0[voxel] - truth) <= LargestErrorOfS0 * truth, $"S0 of voxel {voxel} is {s0[voxel]}");
        }

        float[] Map(string parameter)
        {
            var image = NiftiFile.Read(destination.Image(parameter));
            Assert.Equal(SmallSeries.Shape, image.Header.Shape);
            Assert.Equal(SmallSeries.Header.Affine, image.Header.Affine);
            return image.Voxels;
        }
    }

    [Fact]
    public void The_provenance_names_every_item_and_no_place()
    {
        var walk = new StudyWalk(_folder, SmallSeries.Write(_folder["in"]), StudyWalk.ThreeSlabs);
        var text = Encoding.UTF8.GetString(walk.Store.Read(walk.RunUntil(ItemName.Assemble).Output("provenance.json")));
        foreach (var item in new[] { "prepare", "train/slab-002/member-00", "merge/slab-001" })
            Assert.Contains($"\"{item}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Root, text, StringComparison.Ordinal);
    }

    private static Func<int, bool> MaskOf(string name) => name switch
    {
        "irregular" => SmallSeries.IsIrregular,
        "one voxel" => voxel => voxel == 77,
        _ => voxel => voxel / SmallSeries.Shape.VoxelsPerSlice is < 2 or > 3 && SmallSeries.IsIrregular(voxel),
    };
}
