using Ivim.Hosting.Nodes;

namespace Ivim.Hosting.Tests.Nodes;

public sealed class BlackHoleTests
{
    private const string Folder = "/tmp/cuts";

    private static readonly string[] OnLoopback = ["--host", "127.0.0.1"],
        Secured = [.. OnLoopback, "--tls", "/tmp/tls", "--tls-subject", "ivim-node"],
        Beyond = ["--host", "10.1.2.3", "--insecure"];

    [Fact]
    public void Only_a_node_on_loopback_without_TLS_can_be_cut_off_by_a_test()
    {
        Assert.NotNull(Of(OnLoopback, Folder));
        Assert.Null(Of(Secured, Folder));
        Assert.Null(Of(Beyond, Folder));
    }

    [Fact]
    public void A_node_that_is_not_told_of_a_folder_has_no_black_hole()
    {
        Assert.Null(Of(OnLoopback, null));
        Assert.Null(Of(OnLoopback, ""));
    }

    private static BlackHole? Of(string[] place, string? folder)
    {
        var options = NodeOptionsReader.Read(NodeRoles.Worker,
            ["--work", "/tmp/work", "--seeds", "127.0.0.1:4053", .. place], _ => null);
        return BlackHole.Of(options, 4054, new NodeLog("-", TimeProvider.System), folder);
    }
}
