using Ivim.Hosting.Nodes;

namespace Ivim.Cli.LocalCluster;

/// <summary>
/// How a node of a local cluster is told its settings. Secrets go by file: anyone may read command lines.
/// </summary>
internal static class NodeCommandLine
{
    /// <param name="nodes">All nodes of the cluster.</param>
    public static IReadOnlyList<string> Arguments(
        LocalNode node, IReadOnlyList<LocalNode> nodes, ClusterSettings settings, ClusterFolder folder)
    {
        var seeds = nodes.Where(other => other.Role == LocalNode.Seed).Select(seed => seed.Address);
        return
        [
            .. Identifying(node, folder),
            "--host", LocalNode.Host,
            "--seeds", string.Join(',', seeds),
            "--log", "-",
            "--timings", settings.Timings,
            .. settings.History ? ["--history", folder.History] : Array.Empty<string>(),
            .. node.Role == LocalNode.Seed ? SeedArguments(node, settings, folder) : WorkerArguments(settings),
        ];
    }

    /// <summary>The part of a node's command line that no other process has.</summary>
    public static IReadOnlyList<string> Identifying(LocalNode node, ClusterFolder folder) =>
        ["--port", $"{node.Port}", "--work", folder.Work];

    /// <summary>Changes of this process's environment for a node; null takes a variable away.</summary>
    public static IReadOnlyDictionary<string, string?> Environment(ClusterFolder folder)
    {
        var environment = new Dictionary<string, string?>
        {
            // One training runs on one thread; OpenMP's idle threads would otherwise spin beside it.
            ["OMP_NUM_THREADS"] = "1",
            ["OMP_WAIT_POLICY"] = "PASSIVE",
            ["DOTNET_gcServer"] = "0",
            // A node that crashes leaves a report by which the queue tells a crash from a kill.
            ["DOTNET_DbgEnableMiniDump"] = "1",
            ["DOTNET_EnableCrashReportOnly"] = "1",
            ["DOTNET_DbgMiniDumpName"] =
                Path.Combine(folder.Crashes.Replace("%", "%%", StringComparison.Ordinal), "%h-%p"),
        };
        // The shell's settings are meant for nodes of another cluster: those of this one stand on its command line.
        foreach (var setting in NodeSettings.All) environment[setting.EnvironmentName] = null;
        return environment;
    }

    private static string[] SeedArguments(LocalNode node, ClusterSettings settings, ClusterFolder folder) =>
    [
        "--api", node.ApiUrl, "--token-file", folder.TokenFile,
        .. settings.JournalFile is { } journal ? ["--journal-file", journal] : Array.Empty<string>(),
    ];

    private static string[] WorkerArguments(ClusterSettings settings) =>
    [
        .. settings.Slots is { } slots ? ["--slots", $"{slots}"] : Array.Empty<string>(),
        .. settings.Device is { } device ? ["--device", device] : Array.Empty<string>(),
    ];
}
