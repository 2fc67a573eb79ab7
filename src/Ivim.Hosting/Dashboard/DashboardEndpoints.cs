using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Ivim.Hosting.Dashboard;

/// <summary>
/// The pages of the dashboard: the same for everybody and without any data, so they need no token. What they show they
/// ask of the API, with the token of whoever looks.
/// </summary>
internal static class DashboardEndpoints
{
    public const string Root = "/ui";

    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => Results.Redirect(Root + "/")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(Root + "/{*file}", Send).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Send(string? file, HttpContext http)
    {
        if (DashboardFiles.Find(file) is not { } page) return Results.NotFound();
        DashboardPolicy.Guard(http.Response.Headers);
        http.Response.Headers.CacheControl = page.IsVersioned ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        bool packed = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        if (packed) http.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(packed ? page.Packed : page.Bytes, page.ContentType,
            entityTag: new EntityTagHeaderValue(packed ? page.PackedTag : page.Tag));
    }
}
