using System.Text.Encodings.Web;
using System.Text.Json;
using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>
/// What `cluster.json` holds. Other programs read `url` and `processes`; the rest is for the next `up`.
/// </summary>
public sealed record ClusterState
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The API of the first living seed.</summary>
    public required string Url { get; init; }

    /// <summary>Those that were started and that nobody ended on purpose; some may have died since.</summary>
    public required IReadOnlyList<NodeProcess> Processes { get; init; }

    public required ClusterSettings Settings { get; init; }

    /// <summary>Seeds first, each role by number.</summary>
    public required IReadOnlyList<LocalNode> Nodes { get; init; }

    /// <param name="isAlive">Whether the process of a node runs.</param>
    /// <param name="logOf">Where a node logs.</param>
    public static ClusterState Of(
        ClusterSettings settings, IReadOnlyList<LocalNode> nodes, Func<LocalNode, bool> isAlive,
        Func<LocalNode, string> logOf)
    {
        var seeds = nodes.Where(node => node.Role == LocalNode.Seed).ToArray();
        return new ClusterState
        {
            Url = (seeds.FirstOrDefault(isAlive) ?? seeds[0]).ApiUrl,
            Processes =
            [
                .. nodes.Where(node => node.Pid is not null)
                    .Select(node => new NodeProcess(node.Pid!.Value, node.Role, node.Address, logOf(node))),
            ],
            Settings = settings,
            Nodes = nodes,
        };
    }

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Format), (byte)'\n'];

    /// <exception cref="RefusalException">`CLUSTER-BROKEN`.</exception>
    public static ClusterState FromJson(byte[] json)
    {
        try
        {
            if (JsonSerializer.Deserialize<ClusterState>(json, Format) is { } state && state.IsWhole()) return state;
        }
        catch (JsonException exception)
        {
            throw Broken(exception);
        }
        throw Broken(null);
    }

    private bool IsWhole() =>
        Settings is not null && Nodes is not null && Processes is not null
        && Nodes.Any(node => node is { Role: LocalNode.Seed, ApiPort: not null })
        && Nodes.All(node => node is { Role: LocalNode.Seed or LocalNode.Worker, Port: > 0 });

    private static RefusalException Broken(Exception? cause) =>
        new("CLUSTER-BROKEN", "a cluster.json in the work folder that `ivim cluster` did not write", "its own file",
            "end the processes that it names by hand and delete it", cause);
}

/// <summary>A process of the cluster, for whoever reads `cluster.json`.</summary>
/// <param name="Role">`seed` or `worker`.</param>
/// <param name="Address">Host and port where other nodes reach it.</param>
/// <param name="Log">Path of its log.</param>
public sealed record NodeProcess(int Pid, string Role, string Address, string Log);
