using System.Text.Json;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: cohorts.</summary>
internal static class CohortEndpoints
{
    /// <summary>A hundred thousand entries with long paths.</summary>
    private const long MostManifestBytes = 64L << 20;

    private const int EntriesOnPage = 100;

    public static void MapCohorts(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/cohorts");
        api.MapPost("", SubmitAsync).For(ApiRole.Operator).WithSummary("Submit a cohort, or more entries of one.")
            .Accepts<CohortRequest>("application/json").Produces<CohortView>()
            .Produces<CohortView>(StatusCodes.Status201Created);
        api.MapGet("", (CohortDesk desk, CancellationToken cancellation) => desk.ListAsync(cancellation))
            .For(ApiRole.Viewer).WithSummary("All cohorts.");
        api.MapGet("/{id}", (string id, CohortDesk desk, CancellationToken cancellation) =>
            desk.ViewAsync(id, cancellation)).For(ApiRole.Viewer).WithSummary("How a cohort stands.");
        api.MapGet("/{id}/entries", (string id, string? centre, string? phase, int? from, int? most, CohortDesk desk,
            CancellationToken cancellation) =>
            desk.EntriesAsync(id, centre, phase, from ?? 0, most ?? EntriesOnPage, cancellation))
            .For(ApiRole.Viewer).WithSummary("Its entries, a page at a time.");
        api.MapPost("/{id}/pause", (string id, CohortDesk desk, CancellationToken cancellation) =>
            desk.PauseAsync(id, cancellation)).For(ApiRole.Operator).WithSummary("Start no more entries.");
        api.MapPost("/{id}/resume", (string id, CohortDesk desk, CancellationToken cancellation) =>
            desk.ResumeAsync(id, cancellation)).For(ApiRole.Operator).WithSummary("Start entries again.");
        api.MapPost("/{id}/limit", (string id, int entries, CohortDesk desk, CancellationToken cancellation) =>
            desk.SetLimitAsync(id, entries, cancellation)).For(ApiRole.Operator)
            .WithSummary("Let so many entries run at a time.");
        api.MapPost("/{id}/cancel", (string id, string? entry, CohortDesk desk, CancellationToken cancellation) =>
            desk.CancelAsync(id, entry, cancellation)).For(ApiRole.Operator)
            .WithSummary("End the work on all entries, or on one.");
        api.MapPost("/{id}/retry", (string id, string? entry, bool? cancelled, CohortDesk desk,
            CancellationToken cancellation) => desk.RetryAsync(id, entry, cancelled ?? false, cancellation))
            .For(ApiRole.Operator).WithSummary("Try again what failed or was refused.");
        api.MapPut("/{id}/protocol", async (string id, HttpRequest http, CohortDesk desk,
            CancellationToken cancellation) => await desk.ChangeProtocolAsync(
                id, await JsonBody.ReadAsync<JsonElement>(http, "a protocol", cancellation), cancellation))
            .For(ApiRole.Admin).WithSummary("Map the cohort under another protocol.")
            .Accepts<JsonElement>("application/json");
    }

    private static async Task<IResult> SubmitAsync(HttpRequest http, CohortDesk desk, CancellationToken cancellation)
    {
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostManifestBytes;
        var request = await JsonBody.ReadAsync<CohortRequest>(http, "a cohort", cancellation);
        var (view, isNew) = await desk.SubmitAsync(request, cancellation);
        return isNew ? Results.Created($"/api/v1/cohorts/{view.Name}", view) : Results.Ok(view);
    }
}
