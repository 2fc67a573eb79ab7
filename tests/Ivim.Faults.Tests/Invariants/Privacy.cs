using System.IO.Compression;
using System.Text;
using Ivim.Faults.Tests.Databases;

namespace Ivim.Faults.Tests.Invariants;

/// <summary>
/// I12: a name that was planted in the input is nowhere but in the input and in the dossier of its paths.
/// </summary>
internal static class Privacy
{
    public static IEnumerable<Violation> NoName(
        string canary, IEnumerable<string> folders, IEnumerable<JournalRow> rows)
    {
        foreach (string file in folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/dossiers/", StringComparison.Ordinal)))
        {
            if (file.Contains(canary, StringComparison.OrdinalIgnoreCase) || Tells(ReadAll(file), canary))
                yield return new Violation("I12", $"{Path.GetFileName(file)} tells the patient's name");
        }
        foreach (var row in rows.Where(row => Tells(row.Payload, canary)))
            yield return new Violation("I12",
                $"row {row.SequenceNumber} of {row.PersistenceId} tells the patient's name");
    }

    /// <summary>
    /// Nothing of ours goes through the default serializer, which makes objects of any type that it is told.
    /// </summary>
    public static IEnumerable<Violation> NoDefaultSerializer(IEnumerable<JournalRow> rows) => rows
        .Where(row => row.Serializer == 1)
        .Select(row => new Violation("S2",
            $"{row.Table} row {row.SequenceNumber} of {row.PersistenceId} is of serializer 1"));

    private static bool Tells(ReadOnlySpan<byte> bytes, string canary) =>
        bytes.IndexOf(Encoding.ASCII.GetBytes(canary)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(canary)) >= 0;

    private static byte[] ReadAll(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var read = bytes.ToArray();
        if (read is not [0x1f, 0x8b, ..]) return read;
        using var unzipped = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(read), CompressionMode.Decompress);
        gzip.CopyTo(unzipped);
        return unzipped.ToArray();
    }
}
