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
        var table = DiffusionSeries.TableOf(header.Shape, b, directions?.Length, ProtocolRecipes.Series(protocol));
        MethodRequirements.Check(protocol, table);
        ReferenceSignal.RequireLowB(table);
        if (dossier.Mask is { } mask) VoxelMask.RequireShape(NiftiFile.ReadHeaderOfReadable(mask), header);
        return table;
    }
}
