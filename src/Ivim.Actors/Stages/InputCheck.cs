using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>What can be said of a study before a voxel of it is read.</summary>
public static class InputCheck
{
    /// <returns>Its b-values as the protocol uses them.</returns>
    /// <exception cref="RefusalException">The header, the tables or the mask's shape rule the study out.</exception>
    public static BValueTable Require(StudyDossier dossier, Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var header = NiftiFile.ReadHeaderOfReadable(dossier.Image);
        var b = BValueFile.Read(dossier.BValues);
        ImmutableArray<GradientDirection>? directions = dossier.BVectors is { } path ? BVectorFile.Read(path) : null;
        return Require(header, b, directions?.Length, dossier.Mask, protocol);
    }

    /// <summary>The same of a series that is no NIfTI file yet.</summary>
    /// <param name="b">s/mm², one per volume.</param>
    /// <param name="directions">How many there are; null where none is known.</param>
    /// <param name="maskPath">Null for none.</param>
    /// <returns>Its b-values as the protocol uses them.</returns>
    /// <exception cref="RefusalException">The header, the tables or the mask's shape rule the study out.</exception>
    public static BValueTable Require(
        NiftiHeader header, IReadOnlyList<double> b, int? directions, string? maskPath, Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(header);
        var table = DiffusionSeries.TableOf(header.Shape, b, directions, ProtocolRecipes.Series(protocol));
        MethodRequirements.Check(protocol, table);
        ReferenceSignal.RequireLowB(table);
        if (maskPath is { } mask) VoxelMask.RequireShape(NiftiFile.ReadHeaderOfReadable(mask), header);
        return table;
    }
}
