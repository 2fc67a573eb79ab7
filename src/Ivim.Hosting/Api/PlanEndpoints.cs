using System.Text.Json;
using Ivim.Domain.Studies;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: what a run would do, and why a study stands as it does.</summary>
internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapPost("/plan", async (HttpRequest http, PlanDesk desk, CancellationToken cancellation) =>
            await desk.PlanAsync(await JsonBody.ReadAsync<PlanRequest>(http, "a plan", cancellation), cancellation))
            .For(ApiRole.Operator).WithSummary("What a run of a study would reuse and compute; nothing is started.")
            .Accepts<PlanRequest>("application/json");
        api.MapPost("/cohorts/{id}/plan", async (string id, int? workers, HttpRequest http, PlanDesk desk,
            CancellationToken cancellation) => await desk.PlanCohortAsync(
                id, await JsonBody.ReadAsync<JsonElement>(http, "a protocol", cancellation), workers, cancellation))
            .For(ApiRole.Operator).WithSummary("What a cohort would reuse and compute under another protocol.")
            .Accepts<JsonElement>("application/json");
        api.MapGet("/studies/{id}/why", (string id, string? item, PlanDesk desk, CancellationToken cancellation) =>
            desk.WhyAsync(new StudyId(id), item, cancellation)).For(ApiRole.Viewer)
            .WithSummary("Why a study, or one of its items, stands as it does.");
        api.MapGet("/studies/{id}/facts", (string id, string? item, int? from, int? most, PlanDesk desk,
            CancellationToken cancellation) => desk.FactsAsync(new StudyId(id), item, Math.Max(0, from ?? 0),
                most ?? PlanDesk.UsualFacts, cancellation)).For(ApiRole.Viewer)
            .WithSummary("What happened to a study, a page at a time.");
    }
}
