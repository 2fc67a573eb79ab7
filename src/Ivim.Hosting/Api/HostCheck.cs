using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>Answers only requests that address this server by a name of its own.</summary>
/// <remarks>
/// A page in a browser on this machine may let its own name resolve to 127.0.0.1 and then call us as its own origin;
/// its Host header gives it away. The health addresses are exempt: they tell nothing, and those who probe a pod address
/// it by its number.
/// </remarks>
internal static class HostCheck
{
    public static void UseHostCheck(this IApplicationBuilder app, ApiSettings settings) => app.Use((http, next) =>
        http.Request.Path.StartsWithSegments(HealthEndpoints.Root) || IsOurs(http.Request.Host, settings)
            ? next(http)
            : ProblemAnswers.WriteAsync(http, RequestRefusals.OtherHost));

    private static bool IsOurs(HostString addressed, ApiSettings settings)
    {
        var name = addressed.Host.Trim('[', ']');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)
            || settings.Hosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
