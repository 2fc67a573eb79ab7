using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>The HTTP API of whichever seed answers.</summary>
/// <param name="urls">Asked for anew with each call: seeds come and go.</param>
internal sealed class ClusterApi(Func<IReadOnlyList<string>> urls, Func<string> token) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionLifetime = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(15),
    };

    public void Dispose() => _http.Dispose();

    /// <returns>Null while no seed answers.</returns>
    public async Task<StudyStatus?> StatusAsync(string study) =>
        await GetAsync($"/api/v1/studies/{study}") is { } json ? StudyStatus.Of(json) : null;

    /// <returns>Null while no seed answers.</returns>
    public async Task<ClusterSight?> ClusterAsync() =>
        await GetAsync("/api/v1/cluster") is { } json ? ClusterSight.Of(json) : null;

    /// <summary>Every study that the cluster knows, by its name.</summary>
    public async Task<IReadOnlyList<string>?> StudiesAsync() =>
        await GetAsync("/api/v1/studies") is { } json
            ? [.. json["studies"]!.AsArray().Select(study => (string)study!["study"]!)] : null;

    /// <returns>The status code of `/healthz/live` or `/healthz/ready`; null where nobody answers.</returns>
    public async Task<HttpStatusCode?> HealthAsync(string which)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/healthz/{which}", null);
        return answer?.StatusCode;
    }

    /// <returns>Status code and body; null where nobody answers.</returns>
    public async Task<(HttpStatusCode Status, JsonNode? Body)?> SubmitAsync(JsonObject study)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/studies", study);
        return answer is null ? null : (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonNode>());
    }

    public async Task<HttpStatusCode?> CancelAsync(string study)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/v1/studies/{study}/cancel", null);
        return answer?.StatusCode;
    }

    private async Task<JsonNode?> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        return answer is { IsSuccessStatusCode: true } ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;
    }

    private async Task<HttpResponseMessage?> SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        foreach (string url in urls())
        {
            using var request = new HttpRequestMessage(method, url.TrimEnd('/') + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
            if (body is not null) request.Content = JsonContent.Create(body);
            try
            {
                return await _http.SendAsync(request);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
            {
                // The next seed may answer.
            }
        }
        return null;
    }
}
