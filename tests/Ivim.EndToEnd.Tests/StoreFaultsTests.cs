using System.Text;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>What `ivim fsck` says when the journal, the store and this machine do not agree.</summary>
public sealed class StoreFaultsTests(MappedPhantom phantom) : IClassFixture<MappedPhantom>
{
    private const string First = "train/slab-000/member-00", Second = "train/slab-000/member-01", Maps = "maps";

    [Fact]
    public async Task A_result_that_is_gone_with_its_artifact_is_lost()
    {
        var store = new StoredArtifacts(phantom.Work);
        await FaultAsync("FSCK-RESULT-LOST", [store.FileOf(First), store.FileOf(First, Maps)], File.Delete);
    }

    [Fact]
    public async Task A_protocol_that_is_gone_is_named()
    {
        var protocol = new StoredArtifacts(phantom.Work).ProtocolFile();
        await FaultAsync("FSCK-PROTOCOL-LOST", [protocol], File.Delete);
    }

    /// <summary>Only the record names the other member's maps; the journal does not.</summary>
    [Fact]
    public async Task A_record_that_names_other_outputs_than_the_journal_is_found()
    {
        var store = new StoredArtifacts(phantom.Work);
        var (mine, other) = (store.Sha256Of(First, Maps), store.Sha256Of(Second, Maps));
        await FaultAsync("FSCK-RESULT-DIFFERS", [store.FileOf(First)],
            record => StoredArtifacts.Reseal(record, text => text.Replace(mine, other, StringComparison.Ordinal)));
    }

    /// <summary>Record and journal agree, and every hash is right: only a second making can tell.</summary>
    [Fact]
    public async Task A_result_that_is_not_what_its_item_makes_is_found_by_computing_it_again()
    {
        var store = new StoredArtifacts(phantom.Work);
        var (mine, other) = (store.Sha256Of(First, Maps), store.Sha256Of(Second, Maps));
        var journal = Directory.GetFiles(phantom.Work, "journal.db*");
        await FaultAsync("FSCK-BITS-DIFFER", [store.FileOf(First), .. journal], file =>
        {
            if (!journal.Contains(file))
                StoredArtifacts.Reseal(file, text => text.Replace(mine, other, StringComparison.Ordinal));
            else File.WriteAllBytes(file, Replaced(File.ReadAllBytes(file), mine, other));
        }, "--sample", "100");
    }

    [Fact]
    public async Task Results_of_another_numeric_class_are_whole_but_not_comparable()
    {
        var run = await IvimProcess.RunAsync(
            [new("ATEN_CPU_CAPABILITY", "default")],
            ["fsck", "--work", phantom.Work, "--json", "--device", "cpu", "--sample", "3"]);
        var report = run.MustBeDone().Report;
        Assert.Empty(report["errors"]!.AsArray());
        Assert.Equal((0, 0), ((int)report["sample"]!["equal"]!, (int)report["sample"]!["different"]!));
        Assert.Equal((int)report["results"]! - 1, (int)report["sample"]!["notComparable"]!); // but the publication
    }

    /// <summary>Does something to files, looks for the code, and puts the files back.</summary>
    private async Task FaultAsync(string code, string[] files, Action<string> harm, params string[] options)
    {
        var before = files.ToDictionary(file => file, File.ReadAllBytes);
        try
        {
            foreach (var file in files) harm(file);
            var run = await IvimProcess.RunAsync(
                ["fsck", "--work", phantom.Work, "--json", "--device", "cpu", .. options]);
            Assert.Equal(1, run.ExitCode);
            var found = run.Report["errors"]!.AsArray().Select(error => (string)error!["code"]!).ToList();
            Assert.Contains(code, found);
        }
        finally
        {
            foreach (var (file, bytes) in before) await File.WriteAllBytesAsync(file, bytes);
        }
    }

    private static byte[] Replaced(byte[] bytes, string old, string @new)
    {
        var (from, to) = (Encoding.ASCII.GetBytes(old), Encoding.ASCII.GetBytes(@new));
        var changed = (byte[])bytes.Clone();
        for (int at = changed.AsSpan().IndexOf(from); at >= 0; at = changed.AsSpan().IndexOf(from))
            to.CopyTo(changed, at);
        return changed;
    }
}
