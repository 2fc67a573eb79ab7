using System.Collections.Immutable;
using Ivim.Imaging.Volumes;
using Ivim.Physics.Numerics;

namespace Ivim.Actors.Stages;

/// <summary>The voxels of a study that are mapped, and the signals that they are mapped from.</summary>
/// <param name="Denoising">Null where the protocol denoises nothing.</param>
/// <param name="Fine">Denoised with the polish's own patch; null where nothing is polished.</param>
internal sealed record PreparedVoxels(DiffusionSeries Series, ReferenceSignal Reference, VoxelMask Mask,
    DenoisedSeries? Denoising, DiffusionSeries? Fine = null)
{
    public StudyFrame Frame(ImmutableArray<Slab> slabs) => new(
        Series.Header, [.. Mask.Voxels.Select(voxel => (long)voxel)],
        [.. Mask.Voxels.Select(voxel => Reference.Signal[voxel])], Reference.BSecondsPerMm2, Series.BValues, slabs,
        Denoising is null ? null : NoiseDocument.Of(Denoising.Report));

    /// <summary>Denoised after a probe of noise was added; null where nothing is denoised.</summary>
    public DiffusionSeries? Probed { get; init; }

    /// <summary>Whether the noise of each voxel goes with its signals.</summary>
    public bool WithSigma { get; init; }

    /// <param name="probeShare">Of sigma, that the probe has.</param>
    public UncertaintySignals Uncertainty(double probeShare)
    {
        var voxels = Mask.Voxels.AsSpan();
        var signals = RelativeSignals.Of(Series, Reference, voxels);
        return Probed is null || Denoising is null ? new UncertaintySignals(signals, null)
            : UncertaintySignals.OfDenoised(signals, RelativeSignals.Of(Probed, Reference, voxels),
                PolishSignals.RelativeSigma(Denoising.Sigma, Reference.Signal, voxels), probeShare);
    }

    /// <summary>What the polish reads; null where nothing is polished.</summary>
    public PolishSignals? Polish(int scores)
    {
        if (Fine is null || Denoising is null) return null;
        var voxels = Mask.Voxels.AsSpan();
        return new PolishSignals(RelativeSignals.Of(Fine, Reference, voxels),
            PolishSignals.RelativeSigma(Denoising.Sigma, Reference.Signal, voxels),
            PrincipalScores.Of(RelativeSignals.Of(Series, Reference, voxels), Series.BValues.Count, scores),
            Denoising.Report.Correlation.IndependentShare);
    }

    /// <summary>A slab with its halo, and nothing of the other slabs: its bytes are in the keys of its items.</summary>
    /// <param name="isCutOut">Whether its maps are cut out of a fit of the whole study.</param>
    public SignalVoxels Of(Slab slab, bool isCutOut) => Of(
        Mask.VoxelsOf(slab.HaloFirst, slab.HaloLast).AsSpan(),
        Mask.VoxelsOf(slab.HaloFirst, slab.CoreFirst - 1).Length,
        Mask.VoxelsOf(slab.CoreFirst, slab.CoreLast).Length,
        isCutOut ? Mask.VoxelsOf(0, slab.CoreFirst - 1).Length : 0);

    /// <summary>All of them, and where they lie.</summary>
    public SignalVoxels All()
    {
        var (width, height) = (Series.Shape.Width, Series.Shape.Height);
        return Of(Mask.Voxels.AsSpan(), 0, Mask.Count) with
        {
            Positions =
            [
                .. Mask.Voxels.SelectMany(voxel =>
                    new long[] { voxel % width, voxel / width % height, voxel / (width * height) }),
            ],
        };
    }

    public SignalVoxels Of(ReadOnlySpan<int> voxels, int coreFirst, int coreCount, int firstInStudy = 0) =>
        new(Series.BValues, RelativeSignals.Of(Series, Reference, voxels), coreFirst, coreCount, firstInStudy)
        {
            Sigma = WithSigma ? PolishSignals.RelativeSigma(Denoising!.Sigma, Reference.Signal, voxels) : [],
        };
}
