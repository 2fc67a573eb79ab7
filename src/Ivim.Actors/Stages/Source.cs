using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Actors.Stages;

/// <summary>The files of a study, read and checked.</summary>
/// <param name="Series">The raw volumes, averaged.</param>
/// <param name="Mask">Null where none was given.</param>
internal sealed record Source(
    StudyDossier Dossier, NiftiImage Image, IReadOnlyList<double> BValues,
    ImmutableArray<GradientDirection>? Directions, DiffusionSeries Series, VoxelMask? Mask,
    ImmutableArray<InputWarning> MaskWarnings)
{
    /// <exception cref="Physics.RefusalException">A file is missing, broken or does not fit the others.</exception>
    public static Source Read(StudyDossier dossier, Protocol protocol)
    {
        var b = BValueFile.Read(dossier.BValues);
        ImmutableArray<GradientDirection>? directions =
            dossier.BVectors is { } vectors ? BVectorFile.Read(vectors) : null;
        var image = NiftiFile.Read(dossier.Image);
        var series = DiffusionSeries.From(image, b, directions, ProtocolRecipes.Series(protocol));
        MethodRequirements.Check(protocol, series.BValues);
        if (dossier.Mask is not { } path) return new Source(dossier, image, b, directions, series, null, []);
        var (mask, warnings) = VoxelMask.From(NiftiFile.Read(path), series.Header);
        return new Source(dossier, image, b, directions, series, mask, [.. warnings]);
    }

    /// <summary>The series with other voxels in the place of the raw ones.</summary>
    public DiffusionSeries SeriesOf(NiftiImage image, Protocol protocol) =>
        DiffusionSeries.From(image, BValues, Directions, ProtocolRecipes.Series(protocol));
}
