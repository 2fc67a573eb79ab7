using System.Security.Cryptography;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>A cluster whose programs the test starts itself: in namespaces, or with certificates.</summary>
internal sealed class ProgramCluster : ICluster
{
    private const int NodePort = 4053, ApiPort = 8053;

    private readonly List<NodeProgram> _nodes = [];
    private readonly List<string> _urls = [];
    private readonly IReadOnlyList<string> _seeds;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <param name="seeds">`host:port` of each seed, the first of which starts the cluster.</param>
    public ProgramCluster(string work, params IReadOnlyList<string> seeds)
    {
        (Work, _seeds) = (work, seeds);
        Directory.CreateDirectory(Path.Combine(work, "crashes"));
        File.WriteAllText(TokenFile, _token);
        File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Api = new ClusterApi(() => _urls, () => _token);
    }

    public string Work { get; }

    public ClusterApi Api { get; }

    public string Logs => Path.Combine(Work, "logs");

    public History History => History.Read(Path.Combine(Work, "history"));

    public IReadOnlyList<ClusterProcess> Processes => [.. _nodes.Where(node => node.IsAlive).Select(node => node.Node)];

    /// <summary>Settings for every node, for example `--insecure`.</summary>
    public IReadOnlyList<string> ForAll { get; init; } = [];

    private string TokenFile => Path.Combine(Work, "token");

    /// <param name="address">Its host and port, as others reach it.</param>
    /// <param name="api">Port of its API on the same host.</param>
    public NodeProgram StartSeed(string address, int api = ApiPort, IReadOnlyList<string>? before = null,
        params IReadOnlyList<string> settings)
    {
        string host = address.Split(':')[0], url = $"http://{host}:{api}";
        if (!_urls.Contains(url)) _urls.Add(url);
        return Start(ClusterProcess.Seed, address, before,
            ["--api", url, "--api-hosts", host, "--token-file", TokenFile, .. settings]);
    }

    public NodeProgram StartWorker(string address, IReadOnlyList<string>? before = null,
        params IReadOnlyList<string> settings) =>
        Start(ClusterProcess.Worker, address, before, ["--slots", "1", "--device", "cpu", .. settings]);

    public Task UntilUpAsync(int seeds, int workers) => Until.TrueAsync(
        async () => await Api.ClusterAsync() is { } sight && sight.Up(ClusterProcess.Seed) == seeds
            && sight.Up(ClusterProcess.Worker) == workers,
        Until.Hang, $"{seeds} seeds and {workers} workers are up");

    /// <summary>The seed on this host is asked last.</summary>
    public void AskLast(string host)
    {
        string url = _urls.Single(url => url.Contains($"//{host}:", StringComparison.Ordinal));
        _urls.Remove(url);
        _urls.Add(url);
    }

    public static string At(string host) => $"{host}:{NodePort}";

    public ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            UnixProcess.Continue(node.Pid);
            node.Dispose();
        }
        Api.Dispose();
        return ValueTask.CompletedTask;
    }

    private NodeProgram Start(
        string role, string address, IReadOnlyList<string>? before, IReadOnlyList<string> settings)
    {
        var parts = address.Split(':');
        var node = NodeProgram.Start(role, address, Work,
            ["--host", parts[0], "--port", parts[1], "--seeds", string.Join(',', _seeds), .. ForAll,
                .. settings], before);
        _nodes.Add(node);
        return node;
    }
}
