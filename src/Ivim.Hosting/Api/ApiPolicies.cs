using System.Security.Claims;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Api;

/// <summary>Who may call an address. Each address names its policy; a test looks at all of them.</summary>
internal static class ApiPolicies
{
    private static readonly ApiRole[] Roles = Enum.GetValues<ApiRole>();

    public static string Name(ApiRole least) => $"at least {least}";

    public static TBuilder For<TBuilder>(this TBuilder address, ApiRole least)
        where TBuilder : IEndpointConventionBuilder => address.RequireAuthorization(Name(least));

    /// <summary>What has no policy and is no health address is for nobody without a token.</summary>
    public static void AddApiPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var least in Roles)
            authorization.AddPolicy(Name(least), policy => policy.RequireRole(least.ToString()));
    }

    /// <summary>A role and all below it.</summary>
    public static IEnumerable<Claim> Claims(ApiRole role) =>
        Roles.Where(lower => lower <= role).Select(lower => new Claim(ClaimTypes.Role, lower.ToString()));
}
