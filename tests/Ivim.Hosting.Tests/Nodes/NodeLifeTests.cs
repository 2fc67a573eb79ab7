using System.Threading.Channels;
using Akka.Actor;
using Ivim.Hosting.Journals;
using Ivim.Hosting.Nodes;

namespace Ivim.Hosting.Tests.Nodes;

public sealed class NodeLifeTests
{
    /// <summary>Only a hang takes so long.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task An_actor_system_that_ends_by_itself_is_followed_by_another_one_in_the_same_process()
    {
        using var folder = new TemporaryFolder();
        using var work = WorkFolder.OpenShared(folder.Path);
        var log = new NodeLog(Path.Combine(folder.Path, "log"), TimeProvider.System);
        var seed = new SeedNode(Options(folder.Path), work, new SqliteJournal(work.Journal), log, history: null);
        var starts = Channel.CreateUnbounded<(NodeEnd? Last, ActorSystem System)>();
        var life = new NodeLife(async (last, cancellation) =>
        {
            var node = await seed.StartAsync(last, cancellation);
            starts.Writer.TryWrite((last, node.System));
            return node;
        }, log, TimeSpan.FromSeconds(20), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var running = life.RunAsync(stop.Token);

        var first = await starts.Reader.ReadAsync().AsTask().WaitAsync(Long);
        await first.System.Terminate().WaitAsync(Long);
        var second = await starts.Reader.ReadAsync().AsTask().WaitAsync(Long);
        // As Akka.Remote ends an actor system when TLS fails: with a reason that has an exit code, which is not taken.
        _ = CoordinatedShutdown.Get(second.System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        var third = await starts.Reader.ReadAsync().AsTask().WaitAsync(Long);

        Assert.Null(first.Last);
        // Either word may come first: the cluster's part tells of its end while the rest is ending.
        Assert.NotNull(second.Last);
        Assert.NotNull(third.Last);
        await stop.CancelAsync();
        await running.WaitAsync(Long);
    }

    [Fact]
    public void One_short_life_after_another_makes_the_pause_grow_to_a_bound_and_a_long_one_ends_it()
    {
        var pause = new RestartPause();
        double[] seconds = [.. Enumerable.Range(0, 9).Select(_ => pause.After(TimeSpan.FromSeconds(1)).TotalSeconds)];

        Assert.Equal([0, 0.25, 0.5, 1, 2, 4, 8, 10, 10], seconds);
        Assert.Equal(TimeSpan.Zero, pause.After(TimeSpan.FromMinutes(1)));
    }

    private static NodeOptions Options(string work) => NodeOptionsReader.Read(NodeRoles.Seed,
        ["--work", work, "--timings", "quick", "--port", "0", "--api", "off"], _ => null);
}
