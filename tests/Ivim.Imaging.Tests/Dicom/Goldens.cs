using System.IO.Compression;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>What pydicom read out of the real files (tests/fixtures/dicom/make_goldens.py).</summary>
/// <param name="Frames">Null where pydicom gives no grey pixels.</param>
internal sealed record Golden(string File, int Elements, string Sum, int? Frames, string Pixels)
{
    public static IReadOnlyList<Golden> All { get; } =
        [.. System.IO.File.ReadLines(Fixture("goldens.tsv")).Select(Parse)];

    public static string Fixture(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "Ivim.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "tests", "fixtures", "dicom", name);
    }

    public static Golden Of(string file) => All.Single(golden => golden.File == file);

    /// <summary>The real file, unpacked where it is kept packed.</summary>
    public string Open(TemporaryFolder folder)
    {
        string path = SharedData.Path(File);
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return path;
        string unpacked = folder.Path(Path.GetFileNameWithoutExtension(path));
        using var packed = new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress);
        using var target = System.IO.File.Create(unpacked);
        packed.CopyTo(target);
        return unpacked;
    }

    private static Golden Parse(string line)
    {
        var fields = line.Split('\t');
        return new Golden(fields[0], int.Parse(fields[1]), fields[2],
            fields[3] == "-" ? null : int.Parse(fields[3]), fields[4]);
    }
}
