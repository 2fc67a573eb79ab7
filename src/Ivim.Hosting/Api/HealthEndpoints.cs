using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>What an orchestrator asks: whether the process lives, and whether it may get requests.</summary>
internal static class HealthEndpoints
{
    public const string Root = "/healthz";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup(Root).AllowAnonymous().DisableRateLimiting();
        // A process that answers lives; what it depends on is no reason to kill it.
        health.MapGet("/live", () => Results.Ok(new { Live = true }))
            .WithSummary("Whether the process answers.").Produces(StatusCodes.Status200OK);
        health.MapGet("/ready", async (ClusterDesk cluster, CancellationToken cancellation) =>
        {
            var readiness = await cluster.ReadinessAsync(cancellation);
            return Results.Json(readiness, statusCode: readiness.Ready
                ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithSummary("Whether it can take requests.").Produces<ReadinessView>()
            .Produces<ReadinessView>(StatusCodes.Status503ServiceUnavailable);
    }
}
