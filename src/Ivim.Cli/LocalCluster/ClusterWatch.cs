using System.Net.Http.Headers;
using System.Text.Json;

namespace Ivim.Cli.LocalCluster;

/// <summary>Asks the seeds of a local cluster who has joined.</summary>
internal sealed class ClusterWatch(HttpClient http, ClusterFolder folder)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    /// <returns>The nodes that no seed, or not the seed itself, counts as members yet.</returns>
    public async Task<IReadOnlyList<LocalNode>> NotJoinedAsync(
        IReadOnlyList<LocalNode> nodes, CancellationToken cancellation)
    {
        var token = (await File.ReadAllTextAsync(folder.TokenFile, cancellation)).Trim();
        var seeds = nodes.Where(node => node.Role == LocalNode.Seed).ToArray();
        var views = await Task.WhenAll(seeds.Select(seed => ViewOfAsync(seed, token, cancellation)));
        return
        [
            .. nodes.Where(node => !(node.Role == LocalNode.Seed
                ? views[Array.IndexOf(seeds, node)]?.Holds(node) ?? false
                : views.Any(view => view?.Holds(node) ?? false))),
        ];
    }

    /// <returns>Null if the seed does not answer yet.</returns>
    private async Task<ClusterView?> ViewOfAsync(LocalNode seed, string token, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestAnswer);
        using var request = new HttpRequestMessage(HttpMethod.Get, seed.ApiUrl + "/api/v1/cluster");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode) return null;
            return ClusterView.FromJson(await response.Content.ReadAsStringAsync(limit.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
