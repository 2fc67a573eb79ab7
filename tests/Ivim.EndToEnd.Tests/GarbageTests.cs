using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>`ivim gc` that is killed, run twice at once, or while a run is at work, and of studies that were
/// replaced.</summary>
public sealed class GarbageTests : IDisposable
{
    private const int Strays = 8_000;

    private readonly TemporaryFolder _folder = new();

    public GarbageTests() => new MadeScan { Slices = 4 }.Write(_folder);

    private string Work => _folder.Path("work");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_half_way_it_leaves_a_whole_store_and_the_next_one_frees_the_rest()
    {
        (await IvimProcess.RunAsync(Map())).MustBeDone();
        string[] strays = AddStrays();
        using (var gc = IvimProcess.Start(Gc()))
        {
            Assert.True(await gc.ReachesAsync(() => !File.Exists(strays[0])), "it had ended before it could be killed");
            await gc.KillAsync();
        }
        int left = strays.Count(File.Exists);
        Assert.InRange(left, 1, Strays - 1);
        await MustBeWholeAsync();
        Assert.Equal($"0, 0, {left}, 0, 0, 0", Files(await IvimProcess.RunAsync(Gc())));
        await MustBeWholeAsync();
        Assert.Equal(0, (await IvimProcess.RunAsync(Map())).MustBeDone().ComputedInAll);
    }

    [Fact]
    public async Task Of_two_at_once_each_file_is_freed_by_one_and_one_that_comes_too_early_is_refused()
    {
        (await IvimProcess.RunAsync(Map())).MustBeDone();
        string[] strays = AddStrays();
        var both = await Task.WhenAll(IvimProcess.RunAsync(Gc()), IvimProcess.RunAsync(Gc()));
        var refused = both.Where(gc => gc.ExitCode != 0).ToList();
        foreach (var gc in refused) gc.MustBeRefusal(Finished.Environment, "WORK-IN-USE");
        Assert.InRange(refused.Count, 0, 1);
        Assert.Equal(Strays, both.Except(refused).Sum(gc => (int)gc.Report["freed"]![2]!["files"]!));
        Assert.DoesNotContain(strays, File.Exists);
        await MustBeWholeAsync();
    }

    [Fact]
    public async Task While_a_run_is_at_work_it_is_refused_and_afterwards_keeps_what_the_run_goes_on_from()
    {
        using var run = IvimProcess.Start(Map("--steps", "20000"));
        var store = new StoredArtifacts(Work);
        Assert.True(await run.ReachesAsync(() => store.CheckpointCount() > 0));
        (await IvimProcess.RunAsync(Gc())).MustBeRefusal(Finished.Environment, "WORK-IN-USE");
        // What the run has stored so far is wanted, journaled or not.
        Assert.Equal("0, 0, 0, 0, 0", Files(await IvimProcess.RunAsync(Gc("--dry-run")), unfinished: false));
        await run.KillAsync();
        int checkpoints = store.CheckpointCount();
        Assert.Equal("0, 0, 0, 0, 0", Files(await IvimProcess.RunAsync(Gc()), unfinished: false));
        Assert.Equal(checkpoints, store.CheckpointCount());
        await MustBeWholeAsync();
    }

    /// <summary>Its submission may be under way: nothing that could be its own may go.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dossier_that_the_journal_does_not_know_keeps_its_results(bool isDamaged)
    {
        (await IvimProcess.RunAsync(Map())).MustBeDone();
        var known = Directory.GetFiles(Path.Combine(Work, "dossiers")).Single();
        string text = await File.ReadAllTextAsync(known);
        foreach (var journal in Directory.GetFiles(Work, "journal.db*")) File.Delete(journal);
        new MadeScan { Slices = 4, Width = 7 }.Write(_folder, "other");
        (await IvimProcess.RunAsync(MapOf("other"))).MustBeDone();
        if (isDamaged) await File.WriteAllTextAsync(known, "{");
        else Assert.Equal(text, await File.ReadAllTextAsync(known));

        Assert.Equal("0, 0, 0, 0, 0, 0", Files(await IvimProcess.RunAsync(Gc())));
        await File.WriteAllTextAsync(known, text);
        Assert.Equal(1, (await IvimProcess.RunAsync(Map())).MustBeDone().ComputedInAll); // its publication
    }

    [Fact]
    public async Task Of_studies_that_were_replaced_only_what_the_last_one_shares_stays()
    {
        var first = (await IvimProcess.RunAsync(Map())).MustBeDone();
        var second = (await IvimProcess.RunAsync(Map("--members", "3"))).MustBeDone();
        Assert.Equal("0, 0, 0, 0, 0, 0", Files(await IvimProcess.RunAsync(Gc())));

        var would = await IvimProcess.RunAsync(Gc("--superseded", "--dry-run"));
        var freed = await IvimProcess.RunAsync(Gc("--superseded"));
        Assert.Equal(Files(would), Files(freed));
        Assert.Equal([(string)first.Report["study"]!], Superseded(freed));
        // Two merges, the assembly and the publication of two members; all else is the second one's too.
        Assert.Equal(4, (int)freed.Report["freed"]![0]!["files"]!);
        Assert.Equal(3, (int)(await MustBeWholeAsync())["freed"]!); // a publication has no artifacts

        Assert.Equal(0, (await IvimProcess.RunAsync(Map("--members", "3"))).MustBeDone().ComputedInAll);
        var again = (await IvimProcess.RunAsync(Map())).MustBeDone();
        Assert.Equal(first.Hashes, again.Hashes);
        Assert.NotEqual(first.Hashes, second.Hashes);
        Assert.Equal([(string)second.Report["study"]!],
            Superseded(await IvimProcess.RunAsync(Gc("--superseded", "--dry-run"))));
    }

    private static string[] Superseded(Finished gc) =>
        [.. gc.MustBeDone().Report["superseded"]!.AsArray().Select(study => (string)study!)];

    /// <summary>Whole artifacts that nobody needs, in the order in which they go.</summary>
    private string[] AddStrays()
    {
        var strays = new string[Strays];
        for (int i = 0; i < Strays; i++)
        {
            byte[] content = BitConverter.GetBytes(i);
            string name = Convert.ToHexStringLower(SHA256.HashData(content));
            var folder = Directory.CreateDirectory(Path.Combine(Work, "artifacts", "sha256", name[..2]));
            strays[i] = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(strays[i], content);
        }
        return [.. strays.OrderBy(Path.GetFileName, StringComparer.Ordinal)];
    }

    private async Task<JsonNode> MustBeWholeAsync() =>
        (await IvimProcess.RunAsync("fsck", "--work", Work, "--json", "--device", "cpu")).MustBeDone().Report;

    private string[] Gc(params string[] options) => ["gc", "--work", Work, "--json", .. options];

    private string[] Map(params string[] options) => MapOf("scan", options);

    private string[] MapOf(string scan, params string[] options) =>
    [
        "map", _folder.Path(scan + ".nii"), "--out", _folder.Path(scan + "-maps-" + string.Join("", options)),
        "--work", Work, "--protocol", SmallNetwork.Write(_folder), "--denoise", "none", "--workers", "1", "--quiet",
        "--json", .. options,
    ];

    /// <summary>Results, checkpoints, artifacts, damaged ones, inputs and unfinished ones.</summary>
    private static string Files(Finished gc, bool unfinished = true) => string.Join(", ",
        gc.MustBeDone().Report["freed"]!.AsArray().Take(unfinished ? 6 : 5)
            .Select((JsonNode? kind) => (int)kind!["files"]!));
}
