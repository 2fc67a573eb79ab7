using Ivim.Cli.LocalCluster;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class ClusterViewTests
{
    private static readonly LocalNode Seed = new(LocalNode.Seed, 1, 4053, 8053, 100, 1);
    private static readonly LocalNode Worker = new(LocalNode.Worker, 1, 4055, null, 102, 1);

    private static readonly ClusterView View = ClusterView.FromJson("""
        {"queue":{"ready":0,"leased":0,"waiting":1},
         "workers":[{"name":"box-102-1f-0","node":"box-102-1f","device":"cpu","numericClass":"c","fraction":0}],
         "nodes":[{"address":"akka.tcp://ivim@127.0.0.1:4053","role":"seed","status":"up","reachable":true},
                  {"address":"127.0.0.1:4055","role":"worker","status":"up","reachable":true},
                  {"address":"127.0.0.1:4056","role":"worker","status":"joining","reachable":true},
                  {"address":"127.0.0.1:4057","role":"seed","status":"up","reachable":false}]}
        """);

    [Fact]
    public void A_member_that_is_up_has_joined()
    {
        Assert.True(View.Holds(Seed));
        Assert.True(View.Holds(Worker));
    }

    [Fact]
    public void A_worker_restarted_at_the_address_of_a_killed_one_has_not_joined_until_its_own_process_is_known() =>
        Assert.False(View.Holds(Worker with { Pid = 103 }));

    [Fact]
    public void A_member_that_is_joining_or_unreachable_or_unknown_has_not()
    {
        Assert.False(View.Holds(Worker with { Port = 4056 }));
        Assert.False(View.Holds(Seed with { Port = 4057 }));
        Assert.False(View.Holds(Seed with { Port = 53 }));
    }
}
