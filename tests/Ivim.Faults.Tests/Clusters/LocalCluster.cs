using System.Text.Json.Nodes;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>A cluster that `ivim cluster up` started on this machine.</summary>
internal sealed class LocalCluster : ICluster
{
    private readonly List<ClusterProcess> _adopted = [];

    private LocalCluster(string work)
    {
        Work = work;
        Api = new ClusterApi(ApiUrls, () => File.ReadAllText(Path.Combine(work, "token")).Trim());
    }

    public string Work { get; }

    public ClusterApi Api { get; }

    public string Logs => Path.Combine(Work, "logs");

    public History History => History.Read(Path.Combine(Work, "history"));

    public IReadOnlyList<ClusterProcess> Processes =>
        [.. Listed().Concat(_adopted).Where(process => process.IsAlive).DistinctBy(process => process.Pid)];

    public IReadOnlyList<ClusterProcess> Seeds => [.. Processes.Where(process => process.Role == ClusterProcess.Seed)];

    public IReadOnlyList<ClusterProcess> Workers =>
        [.. Processes.Where(process => process.Role == ClusterProcess.Worker)];

    public static async Task<LocalCluster> StartAsync(string work, ClusterShape shape)
    {
        var cluster = new LocalCluster(work);
        try
        {
            await cluster.UpAsync(shape);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Starts what is missing, new workers included; the environment is that of the newly started alone.
    /// </summary>
    public async Task UpAsync(ClusterShape shape) => MustBeUp(await TryUpAsync(shape));

    /// <summary>As <see cref="UpAsync"/>, where a node may die before it has joined.</summary>
    public Task<Command> TryUpAsync(ClusterShape shape)
    {
        string[] journal = shape.Journal is null ? [] : ["--journal", shape.Journal];
        return TryUpAsync(shape.Environment, ["--seeds", $"{shape.Seeds}", "--workers", $"{shape.Workers}", .. journal,
            "--timings", "quick", "--history", "--slots", "1", "--device", "cpu"]);
    }

    /// <summary>Starts again what is missing, as it was.</summary>
    public async Task UpAgainAsync() => MustBeUp(await TryUpAsync(null, []));

    /// <summary>Asks every process to end, workers first.</summary>
    public Task DownAsync() => Command.RunAsync("dotnet", Repository.Cli, "cluster", "down", "--work", Work);

    public Task<Command> PsAsync() => Command.TryAsync("dotnet", Repository.Cli, "cluster", "ps", "--work", Work);

    /// <summary>A node that the test started itself belongs to the cluster too.</summary>
    public void Adopt(ClusterProcess node) => _adopted.Add(node);

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public static async Task KillAsync(params IReadOnlyCollection<ClusterProcess> processes)
    {
        await UnixProcess.KillAsync([.. processes.Select(process => process.Pid)]);
        Assert.All(processes, process => Assert.False(process.IsAlive));
    }

    /// <summary>Whoever has the work folder on the command line is of this cluster, noted or not.</summary>
    public async ValueTask DisposeAsync()
    {
        var pids = UnixProcess.Naming(Work);
        UnixProcess.Continue(pids);
        await UnixProcess.KillAsync(pids);
        Api.Dispose();
    }

    private Task<Command> TryUpAsync(IReadOnlyDictionary<string, string>? environment, string[] options) =>
        Command.TryAsync(environment, "dotnet", [Repository.Cli, "cluster", "up", "--work", Work, .. options]);

    private static void MustBeUp(Command up) =>
        Assert.True(up.Succeeded, $"cluster up: exit code {up.ExitCode}: {up.Output}{up.Error}");

    private IEnumerable<ClusterProcess> Listed() =>
        Document()?["processes"]!.AsArray().Select(process => new ClusterProcess(
            (int)process!["pid"]!, (string)process["role"]!, (string)process["address"]!, (string)process["log"]!))
        ?? [];

    private string[] ApiUrls() => Document() is { } document
        ? [.. document["nodes"]!.AsArray().Where(node => node!["apiPort"] is not null)
            .Select(node => $"http://127.0.0.1:{(int)node!["apiPort"]!}")]
        : [];

    private JsonNode? Document()
    {
        string file = Path.Combine(Work, "cluster.json");
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllBytes(file)) : null;
    }
}
