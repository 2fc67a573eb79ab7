using System.Text.Json.Serialization;

namespace Ivim.Cli.LocalCluster;

/// <summary>One node of a local cluster: its place, which it keeps, and the process that fills it at present.</summary>
/// <param name="Number">From 1, within the role.</param>
/// <param name="ApiPort">Of a seed's HTTP API; null for a worker.</param>
/// <param name="Pid">The process last started for it; null if none was, or `down` ended it.</param>
/// <param name="StartTicks">When that process began, in clock ticks since boot: a process id may come again.</param>
public sealed record LocalNode(
    string Role, int Number, int Port, int? ApiPort = null, int? Pid = null, long? StartTicks = null)
{
    public const string Seed = "seed", Worker = "worker", Host = "127.0.0.1";

    [JsonIgnore]
    public string Name => $"{Role}-{Number}";

    /// <summary>Where the other nodes reach it.</summary>
    [JsonIgnore]
    public string Address => $"{Host}:{Port}";

    /// <summary>Where its API answers; only a seed has one.</summary>
    [JsonIgnore]
    public string ApiUrl => $"http://{Host}:{ApiPort}";

    public LocalNode WithProcess(ProcessIdentity process) =>
        this with { Pid = process.Pid, StartTicks = process.StartTicks };

    public LocalNode WithoutProcess() => this with { Pid = null, StartTicks = null };
}
