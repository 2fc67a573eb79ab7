using System.Collections.Immutable;
using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

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
    /// <exception cref="Physics.RefusalException">
    /// DENOISE-TOO-FEW-VOXELS, DENOISE-NOT-FINITE, NOISE-BACKGROUND-ZEROED or NOISE-NO-BACKGROUND.
    /// </exception>
    public static DenoisedSeries Run(NiftiImage image, VoxelMask mask, DenoisingRules rules, Action<double> progress,
        CancellationToken cancellation)
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
        if (rules.Method == DenoisingMethods.LocalPca)
        {
            options = options with
            {
                TauFactor = rules.TauFactor, Sigma = NoiseLevel(raw, matrix, options, rules, cancellation),
            };
        }
        var denoised = Denoise(raw, matrix, options, progress, cancellation);
        var report = DenoisingReport.Of(raw, denoised, mask.Inside, matrix);
        if (rules.RicianCorrection == "first-moment") denoised = RicianBiasRemoval.Apply(denoised, Threads);
        return new DenoisedSeries(image with { Voxels = denoised.Signals }, denoised.Sigma, report);
    }

    private static double[] NoiseLevel(SliceBlock raw, AcquiredMatrix matrix, LocalPcaOptions options,
        DenoisingRules rules, CancellationToken cancellation) => rules.NoiseLevel switch
    {
        "given" => [rules.GivenSigma!.Value],
        "background" => [BackgroundNoise.Of(raw).Sigma],
        _ => Array.ConvertAll(Denoise(raw, matrix, options, _ => { }, cancellation).Sigma, sigma => (double)sigma),
    };

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
    /// <summary>What a person should know of it.</summary>
    public ImmutableArray<InputWarning> Warnings => Report.VoxelsNotDenoised == 0 ? [] :
    [
        new("NOT-DENOISED", string.Create(CultureInfo.InvariantCulture,
            $"{Report.VoxelsNotDenoised} voxels keep their raw signals: no patch around them has finite signals only")),
    ];
}
