using System.Net;
using System.Text.Json;
using Ivim.Cli.LocalCluster;

namespace Ivim.Cli.Tests.LocalCluster;

/// <summary>
/// A local cluster whose nodes are shell scripts and whose API tells of every living node that it has joined, but for
/// <see cref="NeverJoins"/>: what is tested is how processes are started, found and ended.
/// </summary>
internal sealed class StandInCluster : IDisposable
{
    /// <summary>Short sleeps: a killed script leaves the last one behind.</summary>
    public const string Obeys = "trap 'exit 0' TERM\nwhile :; do sleep 0.1; done\n";

    private readonly TemporaryFolder _root = new();
    private readonly HttpClient _http;

    public StandInCluster(string seed = Obeys, string worker = Obeys)
    {
        Folder = new ClusterFolder(_root["work"]);
        Programs = new NodePrograms(Script("seed.sh", seed), Script("worker.sh", worker));
        _http = new HttpClient(new LivingHaveJoined(this));
    }

    /// <summary>
    /// The name of a node that no seed counts as a member, though it lives; a node that is to end needs it.
    /// </summary>
    public string? NeverJoins { get; init; }

    public ClusterFolder Folder { get; }

    public NodePrograms Programs { get; }

    public IReadOnlyList<LocalNode> Nodes => Folder.ReadExisting().Nodes;

    public string this[string name] => _root[name];

    public IReadOnlyList<string> Script(string name, string text)
    {
        File.WriteAllText(_root[name], text);
        return ["/bin/sh", _root[name]];
    }

    public Task<int> UpAsync(ClusterWishes? wishes = null) => UpAsync(wishes, TimeSpan.FromMinutes(1));

    public Task<int> UpAsync(ClusterWishes? wishes, TimeSpan patience) =>
        new ClusterUp(Folder, Programs, _http, TimeProvider.System) { Patience = patience }
            .RunAsync(wishes ?? new ClusterWishes(), CancellationToken.None);

    public Task<DownReport> DownAsync(TimeSpan grace) =>
        new ClusterDown(Folder, TimeProvider.System) { Grace = grace }.RunAsync(CancellationToken.None);

    public bool IsAlive(LocalNode node) => ProcessTable.Find(node, Folder) is not null;

    public async Task KillAsync(LocalNode node)
    {
        ProcessSignal.SendKill(node.Pid!.Value);
        await EndedAsync(node.Pid.Value);
    }

    public static async Task EndedAsync(int pid)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (ProcessTable.Find(pid) is not null) await Task.Delay(10, limit.Token);
    }

    public void Dispose()
    {
        var nodes = Folder.Read()?.Nodes ?? [];
        foreach (var node in nodes.Where(IsAlive)) ProcessSignal.SendKill(node.Pid!.Value);
        _http.Dispose();
        _root.Dispose();
    }

    private sealed class LivingHaveJoined(StandInCluster cluster) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var folder = cluster.Folder;
            var token = await File.ReadAllTextAsync(folder.TokenFile, cancellationToken);
            if (request.Headers.Authorization?.ToString() != "Bearer " + token)
                return new HttpResponseMessage(HttpStatusCode.Unauthorized);
            LocalNode[] living =
            [
                .. cluster.Nodes.Where(node => node.Name != cluster.NeverJoins && cluster.IsAlive(node)),
            ];
            var answer = new
            {
                nodes = living.Select(node => new { address = node.Address, status = "up", reachable = true }),
                workers = living.Select(node => new { node = $"host-{node.Pid}-1f" }),
            };
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(JsonSerializer.Serialize(answer)),
            };
        }
    }
}
