using System.Text.Json.Nodes;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>`ivim fsck` and `ivim gc` on the work folder of a real run.</summary>
public sealed class StoreCommandsTests(MappedPhantom phantom) : IClassFixture<MappedPhantom>
{
    [Fact]
    public async Task A_whole_folder_has_nothing_wrong_and_its_results_come_out_again_bit_by_bit()
    {
        var report = (await FsckAsync("--sample", "4")).MustBeDone().Report;
        Assert.Empty(report["errors"]!.AsArray());
        Assert.Equal(phantom.Stored("sha256").Length, (int)report["artifacts"]!);
        Assert.Equal(4, (int)report["sample"]!["equal"]!);
        Assert.Empty(report["sample"]!["skipped"]!.AsArray());
    }

    [Theory]
    [InlineData("flipped artifact", "FSCK-ARTIFACT-DAMAGED")]
    [InlineData("lost artifact", "FSCK-OUTPUT-LOST")]
    [InlineData("flipped result", "FSCK-RESULT-DAMAGED")]
    [InlineData("flipped dossier", "FSCK-DOSSIER-UNREADABLE")]
    public async Task What_is_damaged_or_lost_is_named_by_its_code(string what, string code)
    {
        var path = what.Split(' ')[1] switch
        {
            "result" => phantom.Stored("results")[0],
            "dossier" => Directory.GetFiles(Path.Combine(phantom.Work, "dossiers"))[0],
            _ => LargestArtifact(),
        };
        var bytes = await File.ReadAllBytesAsync(path);
        try
        {
            if (what.StartsWith("lost", StringComparison.Ordinal)) File.Delete(path);
            else await File.WriteAllBytesAsync(path, [(byte)(bytes[0] ^ 1), .. bytes[1..]]);
            await MustFindAsync(code);
        }
        finally
        {
            await File.WriteAllBytesAsync(path, bytes);
        }
    }

    [Fact]
    public async Task A_result_under_a_key_that_is_not_its_own_is_found()
    {
        var strange = Strange("results");
        File.Copy(phantom.Stored("results")[0], strange);
        await MustFindAsync("FSCK-KEY-WRONG");
        File.Delete(strange);
    }

    [Fact]
    public async Task What_no_study_needs_is_freed_and_the_same_map_then_computes_nothing()
    {
        var (artifact, result, unfinished) = (Strange("sha256"), Strange("results"), Strange("sha256") + ".x-1.tmp");
        foreach (var path in (string[])[artifact, result, unfinished]) await File.WriteAllTextAsync(path, "stray");
        Assert.Equal("1, 0, 1, 0, 0, 1", Files((await GcAsync("--dry-run")).MustBeDone()));
        Assert.True(File.Exists(artifact));

        Assert.Equal("1, 0, 1, 0, 0, 1", Files((await GcAsync()).MustBeDone()));
        Assert.False(File.Exists(artifact) || File.Exists(result) || File.Exists(unfinished));
        (await FsckAsync()).MustBeDone();
        Assert.Equal(0, (await IvimProcess.RunAsync(phantom.Map)).MustBeDone().ComputedInAll);
        Assert.Equal("0, 0, 0, 0, 0, 0", Files((await GcAsync()).MustBeDone()));
    }

    [Fact]
    public async Task Without_a_journal_that_can_be_read_nothing_is_freed()
    {
        var journal = Path.Combine(phantom.Work, "journal.db");
        (await GcAsync()).MustBeDone();
        File.Move(journal, journal + ".away");
        try
        {
            (await GcAsync()).MustBeRefusal(Finished.BadInput, "JOURNAL-MISSING");
            await File.WriteAllBytesAsync(journal, []);
            (await GcAsync("--dry-run")).MustBeRefusal(Finished.Environment, "JOURNAL-UNREADABLE");
        }
        finally
        {
            File.Move(journal + ".away", journal, overwrite: true);
        }
    }

    [Fact]
    public async Task Nothing_is_freed_while_a_process_holds_the_folder()
    {
        var stray = Strange("sha256");
        await File.WriteAllTextAsync(stray, "stray");
        using (new FileStream(Path.Combine(phantom.Work, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await GcAsync()).MustBeRefusal(Finished.Environment, "WORK-IN-USE");
            Assert.Equal("0, 0, 1, 0, 0, 0", Files((await GcAsync("--dry-run")).MustBeDone()));
        }
        File.Delete(stray);
    }

    private Task<Finished> FsckAsync(params string[] options) =>
        IvimProcess.RunAsync(["fsck", "--work", phantom.Work, "--json", "--device", "cpu", .. options]);

    private Task<Finished> GcAsync(params string[] options) =>
        IvimProcess.RunAsync(["gc", "--work", phantom.Work, "--json", .. options]);

    private async Task MustFindAsync(string code)
    {
        var run = await FsckAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Report["errors"]!.AsArray(), found => (string)found!["code"]! == code);
    }

    private string LargestArtifact() => phantom.Stored("sha256").MaxBy(path => new FileInfo(path).Length)!;

    /// <summary>A name that no content has, in its place.</summary>
    private string Strange(string kind) => Path.Combine(
        Directory.CreateDirectory(Path.Combine(phantom.Work, "artifacts", kind, "00")).FullName, new string('0', 64));

    /// <summary>Results, checkpoints, artifacts, damaged and unfinished ones.</summary>
    private static string Files(Finished run) =>
        string.Join(", ", run.Report["freed"]!.AsArray().Select((JsonNode? kind) => (int)kind!["files"]!));
}
