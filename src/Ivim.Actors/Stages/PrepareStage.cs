using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Imaging.Volumes;
using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>
/// Reads and checks the source, masks, denoises, averages, divides by the reference, draws the sample and cuts the
/// slabs.
/// </summary>
internal sealed class PrepareStage(DossierFolder dossiers)
{
    /// <summary>Not the protocol's seed: which voxels are the sample does not change with it.</summary>
    private const ulong SampleSeed = 20_260_101;

    private const double ShareOfDenoising = 0.8;

    public WorkResult Run(StageContext context)
    {
        var source = Source.Read(dossiers.Read(context.Item.Study), context.Protocol);
        var notes = new List<InputWarning>(source.Series.Warnings.Concat(source.MaskWarnings));
        context.Watch.Progress(0);
        RequireUnchanged(context, source.Dossier);
        var rawReference = ReferenceSignal.Of(source.Series);
        var usable = UsableVoxels.Of(
            source.Series, rawReference, source.Mask ?? Automatic(source.Series, rawReference, notes));
        notes.AddRange(rawReference.Warnings);
        notes.AddRange(usable.Warnings);
        context.Watch.Progress(0);
        context.Cancellation.ThrowIfCancellationRequested();
        var voxels = Denoised(context, source, rawReference, usable.Mask, notes);
        var slabs = SlabLayout.Cut(
            source.Series.Shape.Slices, context.Protocol.Slabs.Slices, context.Protocol.Slabs.Halo);
        var outputs = new List<NamedArtifact> { Frame(context, voxels, slabs) };
        if (context.Protocol.TrainsStudy) outputs.Add(Sample(context, voxels));
        if (context.Protocol.TrainsStart)
            outputs.Add(context.Put(StudyPlan.BValues, new NamedArrays([.. BValueArrays.Of(voxels.Series.BValues)])));
        foreach (var slab in slabs)
        {
            var ofSlab = voxels.Of(slab, isCutOut: context.Protocol.FitsStudy);
            outputs.Add(context.Put(StudyPlan.SlabName(slab.Index), ofSlab.ToArrays()));
            context.Watch.Progress(ShareOfDenoising
                + (1 - ShareOfDenoising) * outputs.Count / (slabs.Length + 2));
        }
        return StageContext.Result(outputs, notes.Select(note => note.ToString()));
    }

    /// <summary>The mask is that of the raw signals; what a denoiser makes unusable is left out and counted.</summary>
    private static PreparedVoxels Denoised(StageContext context, Source source, ReferenceSignal rawReference,
        VoxelMask mask, List<InputWarning> notes)
    {
        var rules = context.Protocol.Denoising;
        if (rules.Method == DenoisingMethods.None)
            return new PreparedVoxels(source.Series, rawReference, mask, null);
        int passes = context.Protocol.Polishes ? 2 : 1;
        var denoised = SeriesDenoising.Run(source.Image, mask, rules, context.Protocol.CorrectsSigma,
            context.Protocol.Uncertainty.ProbeShare,
            share => context.Watch.Progress(ShareOfDenoising * share / passes), context.Cancellation);
        notes.AddRange(denoised.Warnings);
        var series = source.SeriesOf(denoised.Image, context.Protocol);
        var reference = ReferenceSignal.Of(series);
        var (usable, warnings) = UsableVoxels.Of(series, reference, mask);
        notes.AddRange(warnings);
        return new PreparedVoxels(
            series, reference, usable, denoised, passes == 2 ? Fine(context, source, mask) : null)
        {
            Probed = source.SeriesOf(denoised.Probed!, context.Protocol),
            WithSigma = context.Protocol.LearnsNoiseFloor,
        };
    }

    /// <summary>A smaller patch blurs less, and leaves to the polish what it is better at.</summary>
    private static DiffusionSeries Fine(StageContext context, Source source, VoxelMask mask)
    {
        var (rules, polish) = (context.Protocol.Denoising, context.Protocol.Polish);
        var denoised = SeriesDenoising.Run(source.Image, mask,
            rules with
            {
                PatchInPlane = polish.PatchInPlane,
                PatchSlices = polish.PatchSlices,
                // The polish compares magnitudes with magnitudes: it has the noise floor in its model.
                RicianCorrection = RicianCorrections.None,
            },
            ofChannels: false, probeShare: 0,
            share => context.Watch.Progress(ShareOfDenoising * (1 + share) / 2), context.Cancellation);
        return source.SeriesOf(denoised.Image, context.Protocol);
    }

    private static NamedArtifact Frame(StageContext context, PreparedVoxels voxels, ImmutableArray<Slab> slabs)
    {
        var polish = voxels.Polish(context.Protocol.Polish.Scores)?.ToArrays() ?? [];
        var uncertainty = voxels.Uncertainty(context.Protocol.Uncertainty.ProbeShare);
        return context.Put(StudyPlan.Frame, new NamedArrays([
            .. voxels.Frame(slabs).ToArrays().Items, .. polish, .. uncertainty.ToArrays(voxels.Series.BValues.Count),
        ]));
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

    /// <summary>What is learnt from: a sample of the voxels, or all where they are fitted together.</summary>
    private static NamedArtifact Sample(StageContext context, PreparedVoxels voxels)
    {
        if (context.Protocol.FitsStudy) return context.Put(StudyPlan.Sample, voxels.All().ToArrays());
        int count = Math.Min(voxels.Mask.Count, context.Protocol.Training.SampleVoxels);
        var chosen = new RandomStream(SampleSeed).Permutation(voxels.Mask.Count).Take(count).Order()
            .Select(i => voxels.Mask.Voxels[i]).ToArray();
        return context.Put(StudyPlan.Sample, voxels.Of(chosen, 0, count).ToArrays());
    }
}
