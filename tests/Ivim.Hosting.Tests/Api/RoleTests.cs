using System.Net;
using System.Net.Http.Headers;
using Ivim.Hosting.Api;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api;

/// <summary>Every address of the real app, against the roles that may call it.</summary>
public sealed class RoleTests : IAsyncLifetime, IDisposable
{
    /// <summary>All that an operator may not do; whoever only looks may do nothing but GET.</summary>
    private static readonly (string, string)[] ForAdmins = [("PUT", "/api/v1/cohorts/{id}/protocol")];

    /// <summary>What those who may submit scans may also look at.</summary>
    private static readonly (string, string)[] ForOperators = [("GET", "/api/v1/studies/{id}/scan")];

    /// <summary>The same for everybody, and without any data.</summary>
    private static readonly string[] Pages = ["/", "/ui/{*file}"];

    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync() => _served = await ServedStudies.StartAsync(_folder["work"], []);

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_address_names_a_policy_or_is_one_of_health_or_a_page()
    {
        Assert.NotEmpty(Addresses());
        foreach (var (method, path, metadata) in Addresses())
        {
            var policies = metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToList();
            if (metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                if (!Pages.Contains(path)) Assert.StartsWith("/healthz/", path, StringComparison.Ordinal);
                Assert.Equal("GET", method);
            }
            else Assert.Equal([ApiPolicies.Name(LeastRole(method, path))], policies);
        }
    }

    [Theory]
    [InlineData(ServedStudies.ViewerToken, ApiRole.Viewer)]
    [InlineData(ServedStudies.OperatorToken, ApiRole.Operator)]
    public async Task A_role_may_not_do_what_is_for_a_higher_one(string token, ApiRole role)
    {
        foreach (var (method, path, _) in Addresses().Where(address => LeastRole(address.Method, address.Path) > role))
        {
            using var answer = await SendAsync(method, path, token);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}");
            Assert.Equal("ROLE-TOO-LOW", await ServedStudies.CodeAsync(answer));
        }
    }

    [Theory]
    [InlineData(ServedStudies.OperatorToken, "POST", "/api/v1/studies")]
    [InlineData(ServedStudies.Token, "PUT", "/api/v1/cohorts/{id}/protocol")]
    public async Task A_role_may_do_what_it_is_for(string token, string method, string path)
    {
        // Without a body it is refused for what it says, no longer for who says it.
        using var answer = await SendAsync(method, path, token);
        Assert.Equal("REQUEST-MALFORMED", await ServedStudies.CodeAsync(answer));
    }

    private static ApiRole LeastRole(string method, string path) => ForAdmins.Contains((method, path)) ? ApiRole.Admin
        : method == "GET" && !ForOperators.Contains((method, path)) ? ApiRole.Viewer : ApiRole.Operator;

    private List<(string Method, string Path, EndpointMetadataCollection Metadata)> Addresses() =>
    [
        .. _served.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .Cast<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method =>
                    (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata))),
    ];

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string token)
    {
        using var client = new HttpClient { BaseAddress = _served.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(
            new HttpMethod(method), path.Replace("{id}", "st-1", StringComparison.Ordinal));
        return await client.SendAsync(request);
    }
}
