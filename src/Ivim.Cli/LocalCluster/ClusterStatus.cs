using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;

namespace Ivim.Cli.LocalCluster;

/// <summary>The processes of a local cluster as they are now, for a person or a script.</summary>
internal sealed record ClusterStatus(string Url, IReadOnlyList<ClusterStatus.Row> Processes)
{
    private const string Running = "running", Dead = "dead", Nothing = "-";
    private const double BytesPerMebibyte = 1 << 20;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [JsonIgnore]
    public bool AllRun => Processes.All(row => row.State == Running);

    /// <summary>How many `up` started; absent for `ps`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Started { get; init; }

    /// <summary>Always empty: a failure has its own report.</summary>
    public IReadOnlyList<Notice> Errors { get; init; } = [];

    /// <summary>Looks, and notes the API's address anew if the seed that it named has died.</summary>
    public static ClusterStatus Read(ClusterFolder folder)
    {
        var state = folder.ReadExisting();
        var current = ClusterState.Of(
            state.Settings, state.Nodes, node => ProcessTable.Find(node, folder) is not null, folder.LogOf);
        if (current.Url != state.Url)
        {
            // Whoever holds the lock writes it itself.
            using var held = ClusterLock.TryTake(folder.LockFile);
            if (held is not null && folder.ReadExisting().Nodes.SequenceEqual(state.Nodes)) folder.Write(current);
        }
        return new ClusterStatus(
            current.Url, [.. state.Nodes.Where(node => node.Pid is not null).Select(node => Look(node, folder))]);
    }

    /// <summary>One line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public void Write(Terminal terminal)
    {
        var table = new TextTable(textColumns: 5, ["pid", "role", "address", "state", "since", "cpu s", "memory MiB"]);
        foreach (var row in Processes)
            table.Add(
            [
                $"{row.Pid}", row.Role, row.Address, row.State,
                row.Since?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? Nothing,
                row.CpuSeconds?.ToString("F1", CultureInfo.InvariantCulture) ?? Nothing,
                (row.ResidentBytes / BytesPerMebibyte)?.ToString("F0", CultureInfo.InvariantCulture) ?? Nothing,
            ]);
        table.Write(terminal);
    }

    private static Row Look(LocalNode node, ClusterFolder folder)
    {
        var facts = ProcessTable.Find(node, folder);
        return new Row(node.Pid!.Value, node.Role, node.Address, folder.LogOf(node), facts is null ? Dead : Running)
        {
            Since = facts is null ? null : ProcessTable.StartOf(facts.Identity),
            CpuSeconds = facts?.ProcessorTime.TotalSeconds,
            ResidentBytes = facts?.ResidentBytes,
        };
    }

    /// <param name="State">`running` or `dead`.</param>
    internal sealed record Row(int Pid, string Role, string Address, string Log, string State)
    {
        public DateTimeOffset? Since { get; init; }

        public double? CpuSeconds { get; init; }

        public long? ResidentBytes { get; init; }
    }
}
