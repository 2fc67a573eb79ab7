using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api;

public sealed class DeniedByDefaultTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync() => _served = await ServedStudies.StartAsync(_folder["work"], [],
        settings => settings with { RequestLimit = 50, RequestWindow = TimeSpan.FromHours(1), Hosts = ["ivim.test"] });

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_health_and_the_pages_of_the_dashboard_answer_without_the_token()
    {
        var addresses = _served.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => (Method: method, Path: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))))
            .ToList();
        Assert.Contains(("POST", "/api/v1/studies"), addresses);
        Assert.Contains(("GET", "/api/v1/cluster"), addresses);
        Assert.Contains(("PUT", "/api/v1/cohorts/{id}/protocol"), addresses);
        foreach (var (method, path) in addresses.Append((Method: "GET", Path: "/no/such/address")))
        {
            var answer = await SendAsync(method, path.Replace("{id}", "st-1", StringComparison.Ordinal), null);
            bool isOpen = method == "GET" && (path == "/" || path.StartsWith("/ui/", StringComparison.Ordinal)
                || path.StartsWith("/healthz/", StringComparison.Ordinal));
            Assert.True(isOpen == (answer.StatusCode != HttpStatusCode.Unauthorized), $"{method} {path}");
            if (!isOpen) Assert.Equal("TOKEN-REFUSED", await ServedStudies.CodeAsync(answer));
        }
    }

    [Theory]
    [InlineData("Bearer another-token-than-the-one")]
    [InlineData("Bearer")]
    [InlineData("Basic " + ServedStudies.Token)]
    public async Task Another_token_is_as_good_as_none(string header) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET", "/api/v1/cluster", header)).StatusCode);

    [Theory]
    [InlineData("attacker.example", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("10.0.0.7", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("IVIM.test:8053", true)]
    public async Task A_page_that_lets_its_own_name_point_here_is_turned_away(string host, bool isOurs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/studies");
        request.Headers.Host = host;
        var answer = await _served.Client.SendAsync(request);
        Assert.Equal(isOurs, answer.StatusCode != HttpStatusCode.MisdirectedRequest);
        if (!isOurs) Assert.Equal("HOST-REFUSED", await ServedStudies.CodeAsync(answer));
    }

    [Fact]
    public async Task A_body_above_a_mebibyte_is_not_read()
    {
        using var body = new StringContent(new string(' ', (1 << 20) + 1), Encoding.UTF8, "application/json");
        var answer = await _served.Client.PostAsync("/api/v1/studies", body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("REQUEST-TOO-LARGE", await ServedStudies.CodeAsync(answer));
    }

    [Fact]
    public async Task A_caller_that_asks_without_end_is_told_to_wait_and_health_goes_on()
    {
        HttpResponseMessage last;
        int asked = 0;
        do last = await SendAsync("GET", "/no/such/address", $"Bearer {ServedStudies.Token}");
        while (last.StatusCode == HttpStatusCode.NotFound && ++asked <= 60);
        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        Assert.Equal("REQUESTS-TOO-MANY", await ServedStudies.CodeAsync(last));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/healthz/live", null)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_request_at_all_leaves_the_server_alive()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, _served.Address.Port);
            await socket.GetStream().WriteAsync("\0\x16\x03rubbish\r\n\r\n"u8.ToArray());
            Assert.True(await socket.GetStream().ReadAsync(new byte[1000]) >= 0);
        }
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/healthz/live", null)).StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? authorization)
    {
        using var client = new HttpClient { BaseAddress = _served.Address };
        if (authorization is not null)
            client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await client.SendAsync(request);
    }
}
