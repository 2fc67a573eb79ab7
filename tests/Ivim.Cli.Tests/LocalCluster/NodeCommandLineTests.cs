using Ivim.Cli.LocalCluster;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class NodeCommandLineTests
{
    private static readonly ClusterFolder Folder = new("/work/");

    private static readonly LocalNode[] Nodes =
    [
        new(LocalNode.Seed, 1, 4053, 8053), new(LocalNode.Seed, 2, 4054, 8054), new(LocalNode.Worker, 1, 4055),
    ];

    private static readonly ClusterSettings Settings = new() { Seeds = 2, Workers = 1 };

    [Fact]
    public void A_seed_is_told_its_addresses_and_where_the_secrets_lie()
    {
        var settings = Settings with { JournalFile = "/work/journal.url", Timings = ClusterSettings.Steady };
        Assert.Equal(
            "--port 4054 --work /work --host 127.0.0.1 --seeds 127.0.0.1:4053,127.0.0.1:4054 --log - --timings steady "
            + "--api http://127.0.0.1:8054 --token-file /work/token --journal-file /work/journal.url",
            Text(Nodes[1], settings));
    }

    [Fact]
    public void A_worker_is_told_its_slots_and_device_and_nothing_of_the_journal()
    {
        var settings = Settings with { JournalFile = "/secret", Slots = 3, Device = "cpu", History = true };
        Assert.Equal(
            "--port 4055 --work /work --host 127.0.0.1 --seeds 127.0.0.1:4053,127.0.0.1:4054 --log - --timings quick "
            + "--history /work/history --slots 3 --device cpu",
            Text(Nodes[2], settings));
    }

    [Fact]
    public void What_is_not_set_is_left_to_the_program()
    {
        Assert.EndsWith("--timings quick", Text(Nodes[2], Settings), StringComparison.Ordinal);
        Assert.EndsWith("--token-file /work/token", Text(Nodes[0], Settings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crash_leaves_a_report_in_the_work_folder_and_the_shell_s_secrets_stay_out()
    {
        var environment = NodeCommandLine.Environment(Folder);
        Assert.Equal("/work/crashes/%h-%p", environment["DOTNET_DbgMiniDumpName"]);
        Assert.Equal(
            "/100%%/crashes/%h-%p", NodeCommandLine.Environment(new ClusterFolder("/100%"))["DOTNET_DbgMiniDumpName"]);
        Assert.Equal("1", environment["DOTNET_EnableCrashReportOnly"]);
        Assert.Equal("1", environment["OMP_NUM_THREADS"]);
        Assert.Null(environment["IVIM_TOKEN"]);
        Assert.Null(environment["IVIM_JOURNAL"]);
        Assert.Null(environment["IVIM_PORT"]);
        Assert.Null(environment["IVIM_INSECURE"]);
    }

    private static string Text(LocalNode node, ClusterSettings settings) =>
        string.Join(' ', NodeCommandLine.Arguments(node, Nodes, settings, Folder));
}
