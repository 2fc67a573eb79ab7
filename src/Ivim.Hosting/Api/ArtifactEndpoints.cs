using Ivim.Domain.Studies;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: the maps that a study has published.</summary>
internal static class ArtifactEndpoints
{
    private const string Gzip = "application/gzip";

    public static void MapArtifacts(this IEndpointRouteBuilder app)
    {
        var study = app.MapGroup("/api/v1/studies/{id}");
        study.MapGet("/artifacts", async (string id, StudyReader reader, CancellationToken cancellation) =>
            Of(await reader.ViewAsync(new StudyId(id), cancellation))).For(ApiRole.Viewer)
            .WithSummary("The published maps of a study.");
        study.MapGet("/artifacts/{sha256}", async (string id, string sha256, StudyReader reader,
            CancellationToken cancellation) => Results.File(
                await reader.ArtifactAsync(new StudyId(id), sha256, cancellation), Gzip))
            .For(ApiRole.Viewer).WithSummary("A published map, NIfTI.")
            .Produces<FileContentHttpResult>(StatusCodes.Status200OK, Gzip);
    }

    private static ArtifactList Of(StudyView view) =>
        new([.. view.Maps.Select(map => new ArtifactView(map.Key, map.Value.Sha256))]);
}

/// <summary>The published maps of a study; none before it is published.</summary>
public sealed record ArtifactList(IReadOnlyList<ArtifactView> Artifacts);

/// <param name="Parameter">Such as `Dstar`.</param>
/// <param name="Sha256">Of the voxels, lower-case hexadecimal; names the artifact.</param>
public sealed record ArtifactView(string Parameter, string Sha256);
