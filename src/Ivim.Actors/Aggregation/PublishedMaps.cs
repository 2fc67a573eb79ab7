using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Aggregation;

/// <summary>How the publish stage tells which maps it has published: one output per map, named `voxels/D`.</summary>
/// <remarks>The hash of the voxels stands in the place of an artifact's, with the number of voxel bytes.</remarks>
public static class PublishedMaps
{
    private const string Prefix = "voxels/";

    public static ImmutableArray<PublishedMap> Read(WorkResult result) =>
    [
        .. result.Outputs.Where(output => output.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(output => new PublishedMap(output.Name[Prefix.Length..], output.Artifact.Sha256))
    ];

    public static NamedArtifact Write(string parameter, string voxelSha256, long voxelBytes) =>
        new(Prefix + parameter, new ArtifactRef(voxelSha256, voxelBytes));
}
