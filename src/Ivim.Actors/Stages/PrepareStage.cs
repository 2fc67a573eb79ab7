using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>
/// Reads and checks the source, masks, averages, divides by the reference, draws the sample and cuts the slabs.
/// </summary>
internal sealed class PrepareStage(DossierFolder dossiers)
{
    /// <summary>Not the protocol's seed: which voxels are the sample does not change with it.</summary>
    private const ulong SampleSeed = 20_260_101;

    public WorkResult Run(StageContext context)
    {
        var dossier = dossiers.Read(context.Item.Study);
        var (series, mask, notes) = Read(context.Protocol, dossier);
        context.Watch.Progress(0);
        RequireUnchanged(context, dossier);
        var reference = ReferenceSignal.Of(series);
        var usable = UsableVoxels.Of(series, reference, mask ?? Automatic(series, reference, notes));
        notes.AddRange(reference.Warnings);
        notes.AddRange(usable.Warnings);
        context.Watch.Progress(0);
        context.Cancellation.ThrowIfCancellationRequested();
        var slabs = SlabLayout.Cut(series.Shape.Slices, context.Protocol.Slabs.Slices, context.Protocol.Slabs.Halo);
        var outputs = new List<NamedArtifact> { Frame(context, series, reference, usable.Mask, slabs) };
        if (context.Protocol.TrainsStudy) outputs.Add(Sample(context, series, reference, usable.Mask));
        foreach (var slab in slabs)
        {
            outputs.Add(SlabSignals(context, series, reference, usable.Mask, slab));
            context.Watch.Progress((double)outputs.Count / (slabs.Length + 2));
        }
        return StageContext.Result(outputs, notes.Select(note => note.ToString()));
    }

    private static (DiffusionSeries Series, VoxelMask? Mask, List<InputWarning> Notes) Read(
        Protocol protocol, StudyDossier dossier)
    {
        var b = BValueFile.Read(dossier.BValues);
        ImmutableArray<GradientDirection>? directions =
            dossier.BVectors is { } vectors ? BVectorFile.Read(vectors) : null;
        var series = DiffusionSeries.From(
            NiftiFile.Read(dossier.Image), b, directions, ProtocolRecipes.Series(protocol));
        MethodRequirements.Check(protocol, series.BValues);
        var notes = new List<InputWarning>(series.Warnings);
        if (dossier.Mask is not { } path) return (series, null, notes);
        var (mask, warnings) = VoxelMask.From(NiftiFile.Read(path), series.Header);
        notes.AddRange(warnings);
        return (series, mask, notes);
    }

    private static VoxelMask Automatic(DiffusionSeries series, ReferenceSignal reference, List<InputWarning> notes)
    {
        var (mask, warnings) = AutomaticMask.Of(series.Shape, reference);
        notes.AddRange(warnings);
        return mask;
    }

    /// <summary>The hash is taken after the reading, so that what was read is what the key names.</summary>
    private static void RequireUnchanged(StageContext context, StudyDossier dossier)
    {
        var source = SourceHash.Of(dossier);
        var expected = context.Item.Recipe.Where(field => field.Key.StartsWith("source.", StringComparison.Ordinal))
            .Select(field => field.Value);
        if (!expected.SequenceEqual([source.Image, source.BValues, source.BVectors, source.Mask]))
            throw new RefusalException("INPUT-CHANGED",
                "other bytes in a source file than when the study was submitted",
                "the same files until the study is prepared", "run the command again, it maps the new files");
    }

    private static NamedArtifact Frame(StageContext context, DiffusionSeries series, ReferenceSignal reference,
        VoxelMask mask, ImmutableArray<Slab> slabs)
    {
        var frame = new StudyFrame(series.Header, [.. mask.Voxels.Select(voxel => (long)voxel)],
            [.. mask.Voxels.Select(voxel => reference.Signal[voxel])], reference.BSecondsPerMm2, series.BValues, slabs);
        return context.Put(StudyPlan.Frame, frame.ToArrays());
    }

    private static NamedArtifact Sample(StageContext context, DiffusionSeries series, ReferenceSignal reference,
        VoxelMask mask)
    {
        int count = Math.Min(mask.Count, context.Protocol.Training.SampleVoxels);
        var chosen = new RandomStream(SampleSeed).Permutation(mask.Count).Take(count).Order()
            .Select(i => mask.Voxels[i]).ToArray();
        var sample = new SignalVoxels(series.BValues, RelativeSignals.Of(series, reference, chosen), 0, count);
        return context.Put(StudyPlan.Sample, sample.ToArrays());
    }

    private static NamedArtifact SlabSignals(StageContext context, DiffusionSeries series, ReferenceSignal reference,
        VoxelMask mask, Slab slab)
    {
        var before = mask.VoxelsOf(slab.HaloFirst, slab.CoreFirst - 1).Length;
        var core = mask.VoxelsOf(slab.CoreFirst, slab.CoreLast).Length;
        var voxels = mask.VoxelsOf(slab.HaloFirst, slab.HaloLast);
        var signals = new SignalVoxels(
            series.BValues, RelativeSignals.Of(series, reference, voxels.AsSpan()), before, core);
        return context.Put(StudyPlan.SlabName(slab.Index), signals.ToArrays());
    }
}
