using Ivim.Domain.Studies;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: what people look at beside the published maps.</summary>
internal static class PictureEndpoints
{
    private const string Gzip = "application/gzip", Html = "text/html; charset=utf-8";

    public static void MapPictures(this IEndpointRouteBuilder app)
    {
        var study = app.MapGroup("/api/v1/studies/{id}");
        study.MapGet("/report", async (string id, PictureDesk desk, CancellationToken cancellation) =>
            Results.Bytes(await desk.ReportAsync(new StudyId(id), cancellation), Html)).For(ApiRole.Viewer)
            .WithSummary("The report of a published study, one page.")
            .Produces<FileContentHttpResult>(StatusCodes.Status200OK, "text/html");
        // A head can be recognised by its scan: not for those who only look at maps.
        study.MapGet("/scan", async (string id, PictureDesk desk, CancellationToken cancellation) =>
            Results.Bytes(await desk.GroundAsync(new StudyId(id), cancellation), Gzip)).For(ApiRole.Operator)
            .WithSummary("The scan at its lowest b-value, NIfTI.")
            .Produces<FileContentHttpResult>(StatusCodes.Status200OK, Gzip);
        study.MapGet("/preview", (string id, PictureDesk desk, CancellationToken cancellation) =>
            desk.PreviewAsync(new StudyId(id), cancellation)).For(ApiRole.Viewer)
            .WithSummary("Which slabs of a study have maps by now.");
        study.MapGet("/preview/{parameter}", async (string id, string parameter, PictureDesk desk,
            CancellationToken cancellation) => Results.Bytes(
                await desk.PreviewAsync(new StudyId(id), parameter, cancellation), Gzip)).For(ApiRole.Viewer)
            .WithSummary("A map of the slabs that have one by now, NIfTI.")
            .Produces<FileContentHttpResult>(StatusCodes.Status200OK, Gzip);
    }
}
