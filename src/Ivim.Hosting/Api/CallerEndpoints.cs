using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: what the token of a caller may do.</summary>
internal static class CallerEndpoints
{
    public static void MapCaller(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/caller",
        (HttpContext http, ApiSettings settings) =>
            new CallerView(settings.RoleOf(http.Request.Headers.Authorization)!.Value.ToString().ToLowerInvariant()))
        .For(ApiRole.Viewer).WithSummary("The role of the caller's token.");
}

/// <param name="Role">`viewer`, `operator` or `admin`.</param>
public sealed record CallerView(string Role);
