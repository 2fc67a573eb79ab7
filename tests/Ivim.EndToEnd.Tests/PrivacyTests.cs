using System.Text;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>Who a patient is stays in the input: names of files, folders and header text go nowhere.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Name = "CANARYSMITH";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_name_in_header_file_and_folder_is_in_no_output_journal_log_or_artifact()
    {
        Directory.CreateDirectory(_folder.Path(Name));
        string image = new MadeScan { FreeText = Name }.WriteCompressed(_folder, whole => whole, $"{Name}/{Name}_dwi");
        string output = _folder.Path("out"), work = _folder.Path("work");
        var run = await IvimProcess.RunAsync("map", image, "--out", output, "--work", work, "--json",
            "--protocol", SmallNetwork.Write(_folder));
        run.MustBeDone();
        Assert.DoesNotContain(Name, run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
        // The dossiers are the one place that is to know where a study's files lie.
        var files = Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(_folder.Path(Name), StringComparison.Ordinal)
                && !file.StartsWith(Path.Combine(work, "dossiers"), StringComparison.Ordinal)).ToList();
        Assert.Contains(files, file => file.EndsWith("journal.db", StringComparison.Ordinal));
        Assert.All(files, file => Assert.False(Tells(file), $"{file} tells the name"));
        string dossier = Directory.EnumerateFiles(Path.Combine(work, "dossiers")).Single();
        Assert.True(Tells(dossier), "the search finds nothing");
    }

    private static bool Tells(string file)
    {
        if (file.Contains(Name, StringComparison.OrdinalIgnoreCase)) return true;
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b) bytes = Unzipped(bytes);
        return bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Name)) >= 0
            || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Name)) >= 0;
    }

    private static byte[] Unzipped(byte[] bytes)
    {
        using var unzipped = new MemoryStream();
        using var gzip = new System.IO.Compression.GZipStream(
            new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        gzip.CopyTo(unzipped);
        return unzipped.ToArray();
    }
}
