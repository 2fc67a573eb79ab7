using System.Collections.Immutable;
using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>Denoises the raw volumes of a series as the protocol says, and tells what was found.</summary>
internal static class SeriesDenoising
{
    /// <summary>
    /// One: the stage's thread gives way to the cluster's heartbeats, those of the thread pool would not.
    /// </summary>
    private const int Threads = 1;

    /// <param name="image">All volumes, scanner units.</param>
    /// <param name="mask">The voxels whose signals are wanted.</param>
    /// <returns>The image with other signals inside the mask, and what is to be said about it.</returns>
    /// <exception cref="RefusalException">
    /// DENOISE-TOO-FEW-VOXELS, DENOISE-NOT-FINITE, DENOISE-NO-NOISE, NOISE-BACKGROUND-ZEROED or NOISE-NO-BACKGROUND.
    /// </exception>
    /// <param name="ofChannels">Whether an estimated sigma becomes that of the channels.</param>
    /// <param name="probeShare">Of sigma: how much noise is added to see what is left of it; 0 for none.</param>
    public static DenoisedSeries Run(NiftiImage image, VoxelMask mask, DenoisingRules rules, bool ofChannels,
        double probeShare, Action<double> progress, CancellationToken cancellation)
    {
        var raw = SliceBlock.Of(image);
        var matrix = rules.Grid == "acquired" && image.Voxels.All(float.IsFinite)
            ? AcquiredMatrix.FromSpectrum(GlobalResiduals.Of(raw, mask.Inside)) : AcquiredMatrix.NotKnown;
        var options = new LocalPcaOptions
        {
            Patch = new PatchSize(rules.PatchInPlane, rules.PatchInPlane, rules.PatchSlices),
            Mask = mask.Inside,
            Threads = Threads,
        };
        double before = 0, after = probeShare > 0 ? 0.5 : 1;
        if (rules.Method == DenoisingMethods.LocalPca)
        {
            before = rules.NoiseLevel == "marchenko-pastur" ? 0.5 * after : 0;
            options = options with
            {
                TauFactor = rules.TauFactor,
                Sigma = NoiseLevel(raw, matrix, options, rules, share => progress(before * share), cancellation),
            };
        }
        var denoised = WithSigmaOfChannels(ofChannels, Denoise(
            raw, matrix, options, share => progress(before + (after - before) * share), cancellation));
        var probed = probeShare > 0 ? Corrected(rules, WithSigmaOfChannels(ofChannels, Denoise(
            NoiseProbe.AddedTo(raw, denoised.Sigma, matrix, probeShare), matrix, options,
            share => progress(after + (1 - after) * share), cancellation))) : null;
        var report = DenoisingReport.Of(raw, denoised, mask.Inside, matrix);
        return new DenoisedSeries(
            image with { Voxels = Corrected(rules, denoised).Signals }, denoised.Sigma, report)
        {
            Probed = probed is null ? null : image with { Voxels = probed.Signals },
        };
    }

    private static DenoisedSlices Corrected(DenoisingRules rules, DenoisedSlices denoised) =>
        rules.RicianCorrection == RicianCorrections.None ? denoised : RicianBiasRemoval.Apply(denoised, Threads);

    private static DenoisedSlices WithSigmaOfChannels(bool ofChannels, DenoisedSlices denoised) =>
        ofChannels ? RicianBiasRemoval.CorrectSigma(denoised, Threads) : denoised;

    private static double[] NoiseLevel(SliceBlock raw, AcquiredMatrix matrix, LocalPcaOptions options,
        DenoisingRules rules, Action<double> progress, CancellationToken cancellation) => rules.NoiseLevel switch
    {
        "given" => [rules.GivenSigma!.Value],
        "background" => [BackgroundNoise.Of(raw).Sigma],
        // Patches about the mask's edge have their centre outside it: they ask for a sigma there too.
        _ => Filled(Denoise(raw, matrix, options with { Mask = [] }, progress, cancellation).Sigma, options.Mask),
    };

    /// <summary>Where no patch of finite signals lies the median over the mask stands in.</summary>
    private static double[] Filled(float[] sigma, bool[] mask)
    {
        float[] known = [.. sigma.Where((value, i) => mask[i] && value > 0 && float.IsFinite(value)).Order()];
        if (known.Length == 0)
            throw new RefusalException("DENOISE-NO-NOISE", "no noise in any patch", "a series with noise, or its level",
                "use --denoise mppca or none, or give denoising.givenSigma");
        float middle = known[known.Length / 2];
        return Array.ConvertAll(sigma, value => (double)(value > 0 && float.IsFinite(value) ? value : middle));
    }

    private static DenoisedSlices Denoise(SliceBlock raw, AcquiredMatrix matrix, LocalPcaOptions options,
        Action<double> progress, CancellationToken cancellation)
    {
        int last = raw.Whole.Slices - 1;
        return matrix.IsSmallerThan(raw.Whole)
            ? NativeGridDenoising.Denoise(raw, 0, last, matrix, options, progress, cancellation)
            : LocalPca.Denoise(raw, 0, last, options, progress, cancellation);
    }
}

/// <summary>A series after denoising.</summary>
/// <param name="Sigma">float32 [z, y, x], the raw noise's standard deviation, scanner units; NaN where not
/// known.</param>
internal sealed record DenoisedSeries(NiftiImage Image, float[] Sigma, DenoisingReport Report)
{
    /// <summary>The image after a probe of noise was added and denoised too; null where none was asked for.</summary>
    public NiftiImage? Probed { get; init; }

    /// <summary>What a person should know of it.</summary>
    public ImmutableArray<InputWarning> Warnings => Report.VoxelsNotDenoised == 0 ? [] :
    [
        new("NOT-DENOISED", string.Create(CultureInfo.InvariantCulture,
            $"{Report.VoxelsNotDenoised} voxels keep their raw signals: no patch around them has finite signals only")),
    ];
}
