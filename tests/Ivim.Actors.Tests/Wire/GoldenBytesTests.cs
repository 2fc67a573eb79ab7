using Ivim.Actors.Wire;

namespace Ivim.Actors.Tests.Wire;

public sealed class GoldenBytesTests
{
    private const string WriteGolden = "IVIM_WRITE_GOLDEN";

    public static TheoryData<string> Manifests => [.. WireTable.Rows.Select(row => row.Manifest)];

    [Theory, MemberData(nameof(Manifests))]
    public void Bytes_that_were_once_written_still_read_as_the_same_message(string manifest)
    {
        var message = WireTable.For(manifest).Read(GoldenBytes(manifest));

        Assert.Equal(MessageText.Of(GoldenMessages.ByManifest[manifest]), MessageText.Of(message));
    }

    [Theory, MemberData(nameof(Manifests))]
    public void A_message_is_still_written_as_the_same_bytes(string manifest)
    {
        var bytes = WireTable.For(manifest).Write(GoldenMessages.ByManifest[manifest]);

        Assert.Equal(Convert.ToHexStringLower(GoldenBytes(manifest)), Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_row()
    {
        var files = Directory.GetFiles(Folder, "*.bin").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

        Assert.Equal(WireTable.Rows.Select(row => row.Manifest).Order(), files);
    }

    /// <summary>The stored bytes of a manifest. IVIM_WRITE_GOLDEN=1 adds the missing ones, and changes none.</summary>
    private static byte[] GoldenBytes(string manifest)
    {
        var file = Path.Combine(Folder, manifest + ".bin");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable(WriteGolden) == "1")
            File.WriteAllBytes(file, WireTable.For(manifest).Write(GoldenMessages.ByManifest[manifest]));
        return File.ReadAllBytes(file);
    }

    private static string Folder { get; } = Path.Combine(Repository(AppContext.BaseDirectory), "tests",
        "fixtures", "wire");

    private static string Repository(string folder) =>
        File.Exists(Path.Combine(folder, "Ivim.sln")) ? folder : Repository(Path.GetDirectoryName(folder)!);
}
