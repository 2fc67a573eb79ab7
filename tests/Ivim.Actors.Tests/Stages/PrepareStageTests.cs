using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Stages;

public sealed class PrepareStageTests : IDisposable
{
    private static readonly int[] Mask = [.. Enumerable.Range(0, SmallSeries.Voxels).Where(SmallSeries.IsIrregular)];

    private static readonly DenoisingRules Raw = new() { Method = DenoisingMethods.None };
    private static readonly PolishRules NoPolish = new() { Method = PolishRules.None };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(1, 0)]
    [InlineData(6, 3)]
    public void The_cores_of_the_slabs_are_the_mask_and_their_halos_are_its_neighbours(int slices, int halo)
    {
        var protocol = StudyWalk.ThreeSlabs with
        {
            Denoising = Raw, Polish = NoPolish, Slabs = new SlabRules { Slices = slices, Halo = halo },
        };
        var walk = new StudyWalk(_folder, SmallSeries.Write(_folder["in"]), protocol);
        var prepared = walk.Run(ItemName.Prepare);
        Assert.Equal(Mask.Select(voxel => (long)voxel), walk.Read(prepared, StudyPlan.Frame).Longs("voxels"));
        for (int slab = 0, first = 0; first < SmallSeries.Shape.Slices; slab++, first += slices)
        {
            var arrays = walk.Read(prepared, StudyPlan.SlabName(slab));
            int end = Math.Min(first + slices, SmallSeries.Shape.Slices);
            var voxels = In(first - halo, end + halo);
            Assert.Equal(voxels.SelectMany(RelativeSignals), arrays.Floats("signals"));
            int before = In(first - halo, first).Length;
            Assert.Equal([before, In(first, end).Length, 0], arrays.Longs("core"));
        }
    }

    [Fact]
    public void The_sample_is_drawn_from_the_voxels_and_not_from_the_seed()
    {
        var dossier = SmallSeries.Write(_folder["in"], _ => true);
        var protocol = new Protocol
        {
            Denoising = Raw, Polish = NoPolish, Training = new TrainingRules { SampleVoxels = 100 },
        };
        var first = new StudyWalk(_folder, dossier, protocol, "first");
        var other = new StudyWalk(_folder, dossier, protocol with { Seed = 99 }, "other");
        var sample = first.Run(ItemName.Prepare);
        Assert.Equal(sample.Outputs.ToArray(), other.Run(ItemName.Prepare).Outputs.ToArray());
        var signals = first.Read(sample, StudyPlan.Sample).Floats("signals");
        int b = SmallSeries.BSecondsPerMm2.Length;
        Assert.Equal(100 * b, signals.Length);
        var all = Enumerable.Range(0, SmallSeries.Voxels).Select(voxel => RelativeSignals(voxel)[^1]).ToHashSet();
        var drawn = signals.Chunk(b).Select(voxel => voxel[^1]).ToList();
        Assert.Equal(100, drawn.Distinct().Count());
        Assert.Subset(all, drawn.ToHashSet());
    }

    [Fact]
    public void A_classical_fit_needs_no_sample()
    {
        var walk = new StudyWalk(_folder, SmallSeries.Write(_folder["in"]), StudyWalk.ThreeSlabs);
        Assert.Equal(
            ["frame", "slab-000", "slab-001", "slab-002"], walk.Run(ItemName.Prepare).Outputs.Select(o => o.Name));
    }

    [Theory]
    [InlineData("image")]
    [InlineData("b-values")]
    [InlineData("mask")]
    public void A_source_that_has_changed_since_its_submission_is_refused(string which)
    {
        var dossier = SmallSeries.Write(_folder["in"]);
        var walk = new StudyWalk(_folder, dossier, StudyWalk.ThreeSlabs);
        switch (which)
        {
            case "image": File.Copy(Rescaled(), dossier.Image, overwrite: true); break;
            case "mask": SmallSeries.Write(_folder["other"], voxel => voxel > 3); File.Copy(
                _folder[Path.Combine("other", "mask.nii.gz")], dossier.Mask!, overwrite: true); break;
            default: File.AppendAllText(dossier.BValues, "\n"); break;
        }
        Assert.Equal("INPUT-CHANGED", Assert.Throws<RefusalException>(() => walk.Run(ItemName.Prepare)).Code);
        Assert.Null(walk.Store.FindResult(walk.Item(ItemName.Prepare).Key));
    }

    private string Rescaled()
    {
        var path = _folder["rescaled.nii.gz"];
        Imaging.Nifti.NiftiWriter.WriteFile(path, SmallSeries.Header,
            SmallSeries.Shape with { Volumes = SmallSeries.BSecondsPerMm2.Length },
            [.. SmallSeries.Signals.Select(s => s * 2)]);
        return path;
    }

    private static int[] In(int firstSlice, int endSlice) =>
        [.. Mask.Where(voxel => voxel / SmallSeries.Shape.VoxelsPerSlice >= firstSlice
            && voxel / SmallSeries.Shape.VoxelsPerSlice < endSlice)];

    private static float[] RelativeSignals(int voxel) =>
    [
        .. Enumerable.Range(0, SmallSeries.BSecondsPerMm2.Length)
            .Select(b => SmallSeries.Signals[b * SmallSeries.Voxels + voxel] / SmallSeries.Signals[voxel]),
    ];
}
