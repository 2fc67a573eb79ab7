namespace Ivim.Hosting.Nodes;

/// <summary>Every setting of the seed and worker programs: parser, help and docs/cluster.md are made from it.</summary>
public static class NodeSettings
{
    public static IReadOnlyList<NodeSetting> All { get; } =
    [
        Common("host", "127.0.0.1", "name or address", "the name by which other nodes reach this one"),
        Common("port", "4053", "port", "port for other nodes; 0 takes a free one") with { Range = (0, 65535) },
        Common("bind", "", "name or address", "where to listen for other nodes; default: the host"),
        Common("seeds", "", "list of host:port",
            "the seeds by the names they call themselves, the same list for all nodes; "
            + "a seed without a list is a cluster of its own"),
        Common("work", "", "folder", "shared work folder: artifacts, checkpoints, dossiers; required"),
        Common("log", "-", "file or `-`", "where the log goes; `-` is standard output"),
        Common("history", "", "folder", "where the node writes the facts of its work as JSON lines; default: nowhere"),
        Common("tls", "", "folder",
            "holds `ca.crt`, `tls.crt` and `tls.key`: nodes talk by mutual TLS; default: no TLS"),
        Common("tls-subject", "ivim", "name", "the name that the certificates of all nodes carry"),
        Common("insecure", "", "flag", "listen beyond loopback without TLS, between nodes or for the API"),
        Common("timings", "steady", "steady or quick", "`quick` makes the times short, for tests"),
        Common("lease", "30", "s", "a worker that is silent that long about its item loses it") with
        {
            QuickDefault = "6", Range = (1, 3600),
        },
        Common("heartbeat", "1", "s", "how often nodes tell each other that they live") with
        {
            QuickDefault = "0.5", Range = (0.1, 60),
        },
        Common("heartbeat-pause", "5", "s", "a node that is silent that long is unreachable") with
        {
            QuickDefault = "3", Range = (0.5, 300),
        },
        Common("stable-after", "10", "s", "a node that stays unreachable that long is taken out of the cluster") with
        {
            QuickDefault = "4", Range = (1, 600),
        },
        Common("cut-off", "8", "s", "a worker that reaches no seed that long joins afresh") with
        {
            QuickDefault = "3", Range = (1, 600),
        },
        Common("grace", "25", "s", "how long an orderly end may take after SIGTERM") with { Range = (5, 3600) },
        Common("settings", "", "file", "the settings file; default: `appsettings.json` beside the program"),
        Seed("journal", "", "file or URL",
            "`postgres://user:password@host:port/database`, or a SQLite file for the seeds of one machine; default: "
            + "`journal.db` in the work folder; with a password not on the command line"),
        Seed("journal-file", "", "file", "holds the journal's address as its only line"),
        Seed("api", "http://127.0.0.1:8053", "URL or off",
            "where the HTTP API listens; `https://` with the certificate of `tls`; `off`: nowhere"),
        Seed("api-hosts", "", "list of names",
            "names beside the loopback ones by which clients may address the API"),
        Seed("token", "", "text", "what clients of the API must present; required with the API; not on "
            + "the command line") with
        {
            IsSecret = true,
        },
        Seed("token-file", "", "file", "holds the token, or a line `role token` for each"),
        Seed("numeric-class", "", "name", "numeric class of studies that name none; default: that of the workers"),
        Worker("slots", "", "number", "items worked on at a time; default: one per core, or per GPU") with
        {
            Range = (1, 1024),
        },
        Worker("device", "auto", "auto, cpu or cuda", "where networks are trained"),
        Worker("slot-memory", "", "MiB", "memory that an item may take; default: an equal part of the machine's") with
        {
            Range = (64, 16777216),
        },
    ];

    public static IEnumerable<NodeSetting> For(NodeRoles role) => All.Where(setting => setting.Roles.HasFlag(role));

    private static NodeSetting Common(string name, string value, string unit, string description) =>
        new(name, NodeRoles.Both, value, unit, description);

    private static NodeSetting Seed(string name, string value, string unit, string description) =>
        new(name, NodeRoles.Seed, value, unit, description);

    private static NodeSetting Worker(string name, string value, string unit, string description) =>
        new(name, NodeRoles.Worker, value, unit, description);
}
