using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>
/// F35: strangers at the door of a cluster with certificates, and certificates that are renewed at work.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class CertificateTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Strangers_and_garbage_stay_out_and_the_work_goes_on() => PlayAsync("F35", async scene =>
    {
        using var ours = new TestCertificates();
        using var foreign = new TestCertificates();
        var (cluster, seed) = await StartAsync(scene, ours);
        await scene.SubmitAsync();
        Dictionary<string, string> strangers = new()
        {
            ["a foreign authority"] = foreign.Write(scene.Folder.Path("foreign")),
            ["an expired certificate"] = ours.Write(scene.Folder.Path("expired"), isExpired: true),
            ["another subject"] = ours.Write(scene.Folder.Path("other"), name: "somebody-else"),
        };
        foreach (var (what, tls) in strangers)
        {
            using var stranger = NodeProgram.Start(ClusterProcess.Worker, $"127.0.0.1:{Ports.Free()}", scene.Work,
                ["--seeds", seed, "--slots", "1", "--device", "cpu", "--tls", tls, "--port", $"{Ports.Free()}"]);
            await KnocksInVainAsync(cluster, stranger, what);
            scene.Fired($"{what} was kept out");
        }
        using (var plain = NodeProgram.Start(ClusterProcess.Worker, $"127.0.0.1:{Ports.Free()}", scene.Work,
            ["--seeds", seed, "--slots", "1", "--device", "cpu", "--port", $"{Ports.Free()}"]))
        {
            await KnocksInVainAsync(cluster, plain, "no certificate");
            scene.Fired("no certificate was kept out");
        }
        await GarbageAsync(int.Parse(seed.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        scene.Fired("plain HTTP and garbage came to the remoting port");
        await scene.FinishAsync();
        Assert.Equal(2, cluster.Processes.Count);
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Certificates_are_renewed_while_the_work_goes_on() => PlayAsync("F35", async scene =>
    {
        using var ours = new TestCertificates();
        var (cluster, _) = await StartAsync(scene, ours);
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        var before = cluster.Processes;
        string certificate = scene.Folder.Path("tls", "tls.crt"), old = await File.ReadAllTextAsync(certificate);
        ours.Write(scene.Folder.Path("tls"));
        Assert.NotEqual(old, await File.ReadAllTextAsync(certificate));
        scene.Fired("every node's certificate was replaced");
        int counted = scene.History.Count(FactKinds.Counted);
        await scene.RecoversAsync("certificates renewed", TimeSpan.FromSeconds(60),
            history => history.Count(FactKinds.Counted) > counted);
        await scene.FinishAsync();
        Assert.Equal(before, cluster.Processes);
        await scene.CheckAsync(new CheckOptions { Status = false });
    });

    private static async Task<(ProgramCluster Cluster, string Seed)> StartAsync(Scene scene, TestCertificates ours)
    {
        string tls = ours.Write(scene.Folder.Path("tls")), seed = $"127.0.0.1:{Ports.Free()}";
        var cluster = new ProgramCluster(scene.Work, seed) { ForAll = ["--tls", tls] };
        scene.Use(cluster);
        cluster.StartSeed(seed, Ports.Free());
        cluster.StartWorker($"127.0.0.1:{Ports.Free()}");
        await cluster.UntilUpAsync(1, 1);
        return (cluster, seed);
    }

    /// <summary>It is given time enough to join in, and is not among the members then.</summary>
    private static async Task KnocksInVainAsync(ProgramCluster cluster, NodeProgram stranger, string what)
    {
        await Until.TrueAsync(() => !stranger.IsAlive || UnixProcess.Catches(stranger.Pid, UnixProcess.TerminateSignal),
            Until.Hang, $"{what}: the stranger is up");
        await Until.StaysTrueAsync(
            async () => await cluster.Api.ClusterAsync() is null or { Members.Count: 2 }, TimeSpan.FromSeconds(8),
            $"{what} is out");
    }

    private static async Task GarbageAsync(int port)
    {
        byte[] http = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();
        foreach (byte[] bytes in (byte[][])[http, RandomNumberGenerator.GetBytes(4096)])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            await client.GetStream().WriteAsync(bytes);
        }
    }
}
