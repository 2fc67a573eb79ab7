using System.Globalization;

namespace Ivim.Hosting.Tests.Nodes;

/// <summary>The programs as processes on loopback, with a journal in SQLite.</summary>
public sealed class ProcessTests
{
    /// <summary>Only a hang takes so long, on a machine whose cores are all busy with other tests too.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Workers_find_their_only_seed_again_after_it_was_killed_and_all_end_in_order()
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string seeds = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        using var first = Programs.Start("Worker", folder.Path, "first", WorkerArguments(seeds));
        using var second = Programs.Start("Worker", folder.Path, "second", WorkerArguments(seeds));
        using (var seed = Programs.Start("Seed", folder.Path, "seed", SeedArguments(seeds, port)))
        {
            await seed.SaysAsync("member up: worker", 2, Long);
            await seed.KillAsync();
        }

        using var again = Programs.Start("Seed", folder.Path, "again", SeedArguments(seeds, port));
        await again.SaysAsync("member up: worker", 2, Long);

        NodeProcess[] all = [first, second, again];
        foreach (var node in all)
        {
            node.Terminate();
            node.Terminate();
            Assert.Equal((0, ""), await node.EndAsync(Long));
        }
    }

    /// <summary>Its questions may go to a seed that is deaf to its address: a fresh actor system is heard.</summary>
    [Fact]
    public async Task A_worker_that_nobody_lets_in_begins_anew_and_joins_when_somebody_does()
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string seeds = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        using var worker = Programs.Start("Worker", folder.Path, "worker", WorkerArguments(seeds));
        await worker.SaysAsync("left the cluster (NotJoined)", 1, Long);
        using var seed = Programs.Start("Seed", folder.Path, "seed", SeedArguments(seeds, port));
        await seed.SaysAsync("member up: worker", 1, Long);
    }

    [Fact]
    public async Task The_second_seed_founds_the_cluster_when_it_is_alone_and_the_first_one_joins_it()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (FreePorts.Next(), FreePorts.Next());
        string seeds = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{first},127.0.0.1:{second}");
        using (var early = Programs.Start("Seed", folder.Path, "early", SeedArguments(seeds, second)))
        {
            await early.SaysAsync("member up: seed", 1, Long);
            await early.KillAsync();
        }
        using var alone = Programs.Start("Seed", folder.Path, "alone", SeedArguments(seeds, second));
        await alone.SaysAsync("member up: seed", 1, Long);
        using var late = Programs.Start("Seed", folder.Path, "late", SeedArguments(seeds, first));

        await late.SaysAsync("member up: seed", 2, Long);
        await alone.SaysAsync("member up: seed", 2, Long);
        foreach (var node in (NodeProcess[])[late, alone])
        {
            node.Terminate();
            Assert.Equal((0, ""), await node.EndAsync(Long));
        }
    }

    [Fact]
    public async Task A_request_to_end_during_the_start_is_heard()
    {
        using var folder = new TemporaryFolder();
        using var worker = Programs.Start("Worker", folder.Path, "worker", WorkerArguments("127.0.0.1:9"));
        await worker.SaysAsync("starts", 1, Long);
        worker.Terminate();

        Assert.Equal((0, ""), await worker.EndAsync(Long));
    }

    [Fact]
    public async Task Wrong_settings_end_the_program_with_one_line_and_2()
    {
        using var folder = new TemporaryFolder();
        using var seed = Programs.Start("Seed", folder.Path, "seed", "--leese", "3");
        var (code, errors) = await seed.EndAsync(Long);

        Assert.Equal(2, code);
        Assert.Matches("^USAGE: [^\n]*\n$", errors);
    }

    private static string[] WorkerArguments(string seeds) =>
        ["--seeds", seeds, "--port", "0", "--slots", "1", "--device", "cpu"];

    private static string[] SeedArguments(string seeds, int port) =>
    [
        "--seeds", seeds, "--port", port.ToString(CultureInfo.InvariantCulture),
        "--api", $"http://127.0.0.1:{FreePorts.Next()}",
    ];
}
