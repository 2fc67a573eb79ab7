using Ivim.Domain.Studies;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: studies and the cluster.</summary>
internal static class StudyEndpoints
{
    private const int MostListed = 1000;

    public static void MapStudies(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapPost("/studies", SubmitAsync).For(ApiRole.Operator).WithSummary("Submit a study.")
            .Accepts<StudyRequest>("application/json").Produces<StudyReceipt>()
            .Produces<StudyReceipt>(StatusCodes.Status201Created);
        api.MapGet("/studies", (int? from, int? most, StudyReader reader, CancellationToken cancellation) =>
            reader.ListAsync(Math.Max(0, from ?? 0), Math.Clamp(most ?? MostListed, 1, MostListed), cancellation))
            .For(ApiRole.Viewer).WithSummary("Studies, the latest submission first, a page at a time.");
        api.MapGet("/studies/{id}", (string id, StudyReader reader, CancellationToken cancellation) =>
            reader.ViewAsync(new StudyId(id), cancellation)).For(ApiRole.Viewer).WithSummary("How a study stands.");
        api.MapPost("/studies/{id}/cancel", (string id, StudyDesk desk, CancellationToken cancellation) =>
            desk.CancelAsync(new StudyId(id), cancellation)).For(ApiRole.Operator)
            .WithSummary("Publish nothing more of a study.");
        api.MapPost("/studies/{id}/retry", (string id, StudyDesk desk, CancellationToken cancellation) =>
            desk.RetryAsync(new StudyId(id), cancellation)).For(ApiRole.Operator)
            .WithSummary("Have a study that failed or was cancelled go on.");
        api.MapGet("/studies/{id}/items", (string id, string? state, int? from, int? most, ItemDesk desk,
            CancellationToken cancellation) => desk.PageAsync(
                new StudyId(id), state, Math.Max(0, from ?? 0), most ?? ItemDesk.UsualPage, cancellation))
            .For(ApiRole.Viewer).WithSummary("How the items of a study stand, a page at a time.");
        api.MapGet("/cluster", (ClusterDesk cluster, CancellationToken cancellation) =>
            cluster.ViewAsync(cancellation)).For(ApiRole.Viewer).WithSummary("Queue, workers and nodes.");
    }

    private static async Task<IResult> SubmitAsync(HttpRequest http, StudyDesk desk, CancellationToken cancellation)
    {
        var (receipt, isNew) = await desk.SubmitAsync(
            await JsonBody.ReadAsync<StudyRequest>(http, "a submission", cancellation), cancellation);
        return isNew ? Results.Created($"/api/v1/studies/{receipt.Study}", receipt) : Results.Ok(receipt);
    }
}
