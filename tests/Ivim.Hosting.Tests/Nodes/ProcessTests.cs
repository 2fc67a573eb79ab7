using System.Globalization;

namespace Ivim.Hosting.Tests.Nodes;

/// <summary>The programs as processes on loopback, with a journal in SQLite.</summary>
public sealed class ProcessTests
{
    /// <summary>Bounds are for a machine whose cores are all busy with other tests.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Workers_find_their_only_seed_again_after_it_was_killed_and_all_end_in_order()
    {
        using var folder = new TemporaryFolder();
        int port = Programs.FreePort();
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
        "--api", $"http://127.0.0.1:{Programs.FreePort()}",
    ];
}
