using System.Text;
using System.Text.Json;
using Ivim.Cli.LocalCluster;
using Ivim.Physics;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class ClusterStateTests
{
    private static readonly ClusterSettings Settings =
        new() { Seeds = 2, Workers = 1, JournalFile = "/work/journal.url" };

    private static readonly LocalNode[] Nodes =
    [
        new(LocalNode.Seed, 1, 4053, 8053, 100, 7), new(LocalNode.Seed, 2, 4054, 8054, 101, 8),
        new(LocalNode.Worker, 1, 4055, null, 102, 9),
    ];

    [Fact]
    public void A_script_finds_the_url_and_the_processes()
    {
        var root = JsonDocument.Parse(State(Nodes, _ => true).ToJson()).RootElement;
        Assert.Equal("http://127.0.0.1:8053", root.GetProperty("url").GetString());
        Assert.Equal(
            ["""{"pid":100,"role":"seed","address":"127.0.0.1:4053","log":"/logs/seed-1"}""",
                """{"pid":101,"role":"seed","address":"127.0.0.1:4054","log":"/logs/seed-2"}""",
                """{"pid":102,"role":"worker","address":"127.0.0.1:4055","log":"/logs/worker-1"}"""],
            root.GetProperty("processes").EnumerateArray().Select(process => JsonSerializer.Serialize(process)));
    }

    [Fact]
    public void The_url_is_that_of_the_first_living_seed()
    {
        Assert.Equal("http://127.0.0.1:8054", State(Nodes, node => node.Number == 2).Url);
        Assert.Equal("http://127.0.0.1:8053", State(Nodes, _ => false).Url);
    }

    [Fact]
    public void It_reads_back_as_it_was_written()
    {
        var state = State(Nodes, _ => true);
        var back = ClusterState.FromJson(state.ToJson());
        Assert.Equal(state.Url, back.Url);
        Assert.Equal(state.Settings, back.Settings);
        Assert.Equal(state.Nodes, back.Nodes);
        Assert.Equal(state.Processes, back.Processes);
    }

    [Fact]
    public void A_node_without_a_process_is_no_process_but_keeps_its_port()
    {
        var back = ClusterState.FromJson(State([.. Nodes.Select(node => node.WithoutProcess())], _ => false).ToJson());
        Assert.Empty(back.Processes);
        Assert.Equal([4053, 4054, 4055], back.Nodes.Select(node => node.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"url":"x","processes":[],"settings":{"seeds":1,"workers":1},"nodes":[]}""")]
    [InlineData("""{"url":"x","processes":[],"settings":null,"nodes":null}""")]
    public void A_file_that_somebody_else_wrote_is_refused(string json)
    {
        var refusal = Assert.Throws<RefusalException>(() => ClusterState.FromJson(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("CLUSTER-BROKEN", refusal.Code);
    }

    private static ClusterState State(LocalNode[] nodes, Func<LocalNode, bool> isAlive) =>
        ClusterState.Of(Settings, nodes, isAlive, node => "/logs/" + node.Name);
}
