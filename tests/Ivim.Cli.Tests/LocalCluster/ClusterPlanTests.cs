using Ivim.Cli.LocalCluster;
using Ivim.Physics;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class ClusterPlanTests
{
    private static readonly ClusterSettings OneAndTwo = new() { Seeds = 1, Workers = 2 };

    private static readonly FreePorts AllFree = new("/work", _ => true);

    [Fact]
    public void What_is_not_said_stays_as_it_was()
    {
        var before = new ClusterSettings
        {
            Seeds = 2, Workers = 3, Slots = 4, Timings = ClusterSettings.Steady, Device = "cpu", History = true,
            JournalFile = "/secret",
        };
        Assert.Equal(before, ClusterPlan.Settings(before, new ClusterWishes(), null, anyRuns: true));
    }

    [Fact]
    public void A_first_cluster_has_one_seed_and_two_workers()
    {
        Assert.Equal(OneAndTwo, ClusterPlan.Settings(null, new ClusterWishes(), null, anyRuns: false));
    }

    [Fact]
    public void Workers_can_be_added_to_a_running_cluster()
    {
        var settings = ClusterPlan.Settings(OneAndTwo, new ClusterWishes { Workers = 5 }, null, anyRuns: true);
        Assert.Equal(OneAndTwo with { Workers = 5 }, settings);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 2)]
    public void A_running_cluster_does_not_shrink(int seeds, int workers)
    {
        var wishes = new ClusterWishes { Seeds = seeds, Workers = workers };
        var refusal = Assert.Throws<RefusalException>(
            () => ClusterPlan.Settings(OneAndTwo, wishes, null, anyRuns: true));
        Assert.Equal("CLUSTER-SMALLER", refusal.Code);
        Assert.Contains("`ivim cluster down`", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(workers, ClusterPlan.Settings(OneAndTwo, wishes, null, anyRuns: false).Workers);
    }

    public static TheoryData<ClusterWishes, string?> OtherThanBefore => new()
    {
        { new ClusterWishes { Seeds = 2 }, null },
        { new ClusterWishes { Slots = 2 }, null },
        { new ClusterWishes { Timings = ClusterSettings.Steady }, null },
        { new ClusterWishes { Device = "cuda" }, null },
        { new ClusterWishes { History = true }, null },
        { new ClusterWishes { Journal = "postgres://host/ivim" }, "/work/journal.url" },
    };

    [Theory]
    [MemberData(nameof(OtherThanBefore))]
    public void Running_nodes_do_not_get_other_options(ClusterWishes wishes, string? journalFile)
    {
        var refusal = Assert.Throws<RefusalException>(
            () => ClusterPlan.Settings(OneAndTwo, wishes, journalFile, anyRuns: true));
        Assert.Equal("CLUSTER-DIFFERS", refusal.Code);
        Assert.NotEqual(OneAndTwo, ClusterPlan.Settings(OneAndTwo, wishes, journalFile, anyRuns: false));
    }

    [Fact]
    public void Sqlite_can_take_the_place_of_another_journal_when_nothing_runs()
    {
        var before = OneAndTwo with { JournalFile = "/work/journal.url" };
        var wishes = new ClusterWishes { Journal = ClusterWishes.Sqlite };
        Assert.Null(ClusterPlan.Settings(before, wishes, null, anyRuns: false).JournalFile);
    }

    [Fact]
    public void Seeds_come_first_and_every_port_is_another()
    {
        var nodes = ClusterPlan.Nodes([], new ClusterSettings { Seeds = 2, Workers = 3 }, AllFree);
        Assert.Equal(
            ["seed-1", "seed-2", "worker-1", "worker-2", "worker-3"], nodes.Select(node => node.Name));
        Assert.All(nodes, node => Assert.Equal(node.Role == LocalNode.Seed, node.ApiPort is not null));
        Assert.Distinct(nodes.Select(node => node.Port).Concat(nodes.Select(node => node.ApiPort).OfType<int>()));
    }

    [Fact]
    public void A_node_keeps_its_port_and_a_new_one_takes_no_other_node_s()
    {
        var before = ClusterPlan.Nodes([], OneAndTwo, AllFree);
        var after = ClusterPlan.Nodes(before, OneAndTwo with { Workers = 3 }, AllFree);
        Assert.Equal(before, after.Take(3));
        Assert.Distinct(after.Select(node => node.Port).Append(after[0].ApiPort!.Value));
    }

    [Fact]
    public void A_worker_whose_port_another_program_took_gets_another()
    {
        var nodes = ClusterPlan.Nodes([], OneAndTwo, AllFree);
        int taken = nodes[1].Port;
        var moved = ClusterPlan.OnFreePorts(
            nodes, node => node.Role == LocalNode.Seed, new FreePorts("/work", port => port != taken));
        Assert.Equal([nodes[0], nodes[2]], [moved[0], moved[2]]);
        Assert.NotEqual(taken, moved[1].Port);
    }

    [Fact]
    public void A_running_node_keeps_the_port_that_it_listens_on_itself()
    {
        var nodes = ClusterPlan.Nodes([], OneAndTwo, AllFree);
        Assert.Equal(nodes, ClusterPlan.OnFreePorts(nodes, _ => true, new FreePorts("/work", _ => false)));
    }

    [Fact]
    public void The_port_by_which_running_workers_know_a_seed_stays()
    {
        var nodes = ClusterPlan.Nodes([], OneAndTwo, AllFree);
        var ports = new FreePorts("/work", port => port != nodes[0].Port);
        var refusal = Assert.Throws<RefusalException>(
            () => ClusterPlan.OnFreePorts(nodes, node => node.Role == LocalNode.Worker, ports));
        Assert.Equal("PORTS-TAKEN", refusal.Code);
        Assert.NotEqual(nodes[0].Port, ClusterPlan.OnFreePorts(nodes, _ => false, ports)[0].Port);
    }

    [Fact]
    public void Without_a_free_port_it_says_so()
    {
        var refusal = Assert.Throws<RefusalException>(
            () => ClusterPlan.Nodes([], OneAndTwo, new FreePorts("/work", _ => false)));
        Assert.Equal("PORTS-TAKEN", refusal.Code);
    }
}
