using System.Diagnostics;
using Ivim.Chart.Tests.Images;
using Ivim.Chart.Tests.Pods;
using Ivim.Chart.Tests.Rendering;
using Xunit.Abstractions;

namespace Ivim.Chart.Tests;

/// <summary>The pods that the chart declares, with the content of the images, as processes of this machine.</summary>
public sealed class LocalRunTests(PublishedImages images, ITestOutputHelper output) : IClassFixture<PublishedImages>
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    /// <summary>Nobody answers a packet that is dropped, and a machine's own bridge needs no time.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private static readonly string[] Maps = ["D", "f", "Dstar", "S0", "rmse"];

    [SkippableFact]
    public async Task The_declared_pods_map_a_phantom_and_end_in_order()
    {
        var chart = ValueSet.Render("local");
        using var cluster = new LocalCluster(chart, images.Of);
        using var probe = new Probe();
        LocalPod[] nodes = [.. cluster.Of("seed"), .. cluster.Of("worker")];

        foreach (var node in nodes) node.Start(node.Workload.Pod.Containers[0]);
        foreach (var node in nodes) await probe.PassesAsync(node, node.Workload.Pod.Containers[0].StartupProbe);
        foreach (var seed in cluster.Of("seed"))
            await probe.PassesAsync(seed, seed.Workload.Pod.Containers[0].ReadinessProbe, Hang);
        Assert.All(nodes, IsConfined);

        await TestPassesAsync(cluster.Of("test").Single());

        string published = Path.Combine(cluster.Claim("ivim-work"), "helm-test", "1", "maps", "sub-01", "dwi");
        Assert.All(Maps, map => Assert.True(
            File.Exists(Path.Combine(published, $"sub-01_model-ivim_param-{map}_dwimap.nii.gz")), map));
        foreach (var seed in cluster.Of("seed"))
            await probe.PassesAsync(seed, seed.Workload.Pod.Containers[0].LivenessProbe);
        foreach (var node in nodes.Reverse()) await EndsInOrderAsync(node);
        foreach (var node in nodes) output.WriteLine(node.Main.Said);
    }

    [SkippableFact]
    public async Task A_seed_without_its_database_lives_and_gets_no_calls()
    {
        using var cluster = new LocalCluster(ValueSet.Render("local"), images.Of, hasDatabase: false);
        using var probe = new Probe();
        var seed = cluster.Of("seed")[0];
        var container = seed.Workload.Pod.Containers[0];
        seed.Start(container);

        await probe.PassesAsync(seed, container.StartupProbe);
        await probe.PassesAsync(seed, container.LivenessProbe);
        Assert.False(await probe.OnceAsync(seed, container.ReadinessProbe));
        await EndsInOrderAsync(seed);
    }

    [SkippableFact]
    public async Task A_container_can_write_nowhere_but_to_its_volumes()
    {
        using var cluster = new LocalCluster(ValueSet.Render("local"), images.Of);
        var worker = cluster.Of("worker").Single();
        var container = worker.Workload.Pod.Containers[0];

        foreach (string place in (string[])["/x", "/app/x", "/etc/x", "/etc/ivim/tls/x", "/usr/x"])
            Assert.NotEqual(0, await worker.Start(container, "touch", place).EndAsync(Hang));
        foreach (string place in (string[])["/tmp/x", "/var/lib/ivim/x"])
            Assert.Equal(0, await worker.Start(container, "touch", place).EndAsync(Hang));
    }

    [SkippableFact]
    public async Task The_network_policies_open_what_is_needed_and_no_more()
    {
        using var cluster = new LocalCluster(ValueSet.Render("local"), images.Of);
        using var probe = new Probe();
        var seed = cluster.Of("seed")[0];
        seed.Start(seed.Workload.Pod.Containers[0]);
        await probe.PassesAsync(seed, seed.Workload.Pod.Containers[0].StartupProbe, Hang);
        var (worker, test) = (cluster.Of("worker").Single(), cluster.Of("test").Single());

        Assert.True(await ReachesAsync(worker, seed, 4053, Hang));
        Assert.True(await ReachesAsync(test, seed, 8053, Hang));
        Assert.False(await ReachesAsync(worker, seed, 8053, Silence));
        Assert.False(await ReachesAsync(test, seed, 4053, Silence));
    }

    private static async Task<bool> ReachesAsync(LocalPod caller, LocalPod called, int port, TimeSpan patience)
    {
        var call = caller.Start(caller.Workload.Pod.Containers[0], "timeout", $"{patience.TotalSeconds}", "bash", "-c",
            $"exec 3<>/dev/tcp/{called.Place.Address}/{port}");
        return await call.EndAsync(2 * Hang) == 0;
    }

    /// <summary>The containers one after the other, again where one fails; as `helm test` does.</summary>
    private static async Task TestPassesAsync(LocalPod test)
    {
        long started = Stopwatch.GetTimestamp();
        var patience = TimeSpan.FromSeconds(test.Workload.Pod.ActiveDeadlineSeconds!.Value);
        foreach (var container in test.Workload.Containers)
        {
            while (await test.Start(container).EndAsync(Hang) is not 0 and var code)
            {
                Assert.True(test.Workload.Pod.RestartPolicy == "OnFailure"
                    && Stopwatch.GetElapsedTime(started) < patience,
                    $"{container.Name} ended with exit code {code}: {test.Main.Said}");
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static void IsConfined(LocalPod node)
    {
        Assert.Equal("65532\t65532\t65532\t65532", node.Main.Status("Uid"));
        Assert.Equal("65532\t65532\t65532\t65532", node.Main.Status("Gid"));
        Assert.Equal("0000000000000000", node.Main.Status("CapEff"));
        Assert.Equal("0000000000000000", node.Main.Status("CapBnd"));
        Assert.Equal("1", node.Main.Status("NoNewPrivs"));
    }

    private static async Task EndsInOrderAsync(LocalPod node)
    {
        node.Main.Terminate();
        var grace = TimeSpan.FromSeconds(node.Workload.Pod.TerminationGracePeriodSeconds!.Value);
        int code = await node.Main.EndAsync(grace);
        Assert.True(code == 0, $"{node.Name} ended with exit code {code}: {node.Main.Said}");
    }
}
