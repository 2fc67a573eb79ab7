using System.Diagnostics;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Nifti;

public sealed class NiftiRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> BrokenHeaders() => new()
    {
        { "complex", "NIFTI-DATATYPE" }, { "colour", "NIFTI-DATATYPE" }, { "binary", "NIFTI-DATATYPE" },
        { "quad", "NIFTI-DATATYPE" },
        { "bits", "NIFTI-BAD-HEADER" }, { "no dimension", "NIFTI-BAD-HEADER" },
        { "eight dimensions", "NIFTI-BAD-HEADER" },
        { "negative", "NIFTI-BAD-HEADER" }, { "zero", "NIFTI-BAD-HEADER" }, { "fifth", "NIFTI-DIMENSIONS" },
        { "offset", "NIFTI-BAD-HEADER" }, { "broken offset", "NIFTI-BAD-HEADER" },
        { "infinite offset", "NIFTI-BAD-HEADER" },
        { "slope", "NIFTI-BAD-HEADER" }, { "promise", "NIFTI-TRUNCATED" }, { "overflow", "NIFTI-TOO-LARGE" },
    };

    [Theory]
    [MemberData(nameof(BrokenHeaders))]
    public void A_broken_header_is_refused_with_its_code(string kind, string code)
    {
        var made = Broken(kind);
        Refused(code, _folder.Write("a.nii", made.Bytes()));
        if (code != "NIFTI-TRUNCATED") Refused(code, _folder.Write("a.nii.gz", HandMadeNifti.Gzip(made.Bytes())));
    }

    [Fact]
    public void A_small_file_that_promises_gigabytes_is_refused_before_they_are_asked_for()
    {
        var made = new HandMadeNifti { Dim = [4, 30000, 30000, 2, 1], Voxels = [] };
        Refused("NIFTI-TRUNCATED", _folder.Write("a.nii.gz", HandMadeNifti.Gzip(made.Bytes())),
            NiftiLimits.Default with { MemoryBytes = long.MaxValue });
    }

    [Fact]
    public void A_promise_above_the_memory_limit_is_refused()
    {
        string path = _folder.Write("a.nii", new HandMadeNifti().Bytes());
        Refused("NIFTI-TOO-LARGE", path, new NiftiLimits(24 * 4 - 1));
        Assert.Equal(24, NiftiFile.Read(path, new NiftiLimits(24 * 4)).Voxels.Length);
    }

    [Fact]
    public void A_bomb_behind_the_voxels_is_not_followed_to_its_end()
    {
        // 64 MiB of zeros take 65 kB compressed; 40 members of them would be 2.5 GiB.
        byte[] zeros = HandMadeNifti.Gzip(new byte[64 << 20]);
        byte[] bytes = [.. HandMadeNifti.Gzip(new HandMadeNifti().Bytes()),
            .. Enumerable.Repeat(zeros, 40).SelectMany(z => z)];
        var clock = Stopwatch.StartNew();
        Refused("NIFTI-TOO-LARGE", _folder.Write("a.nii.gz", bytes));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), "a refusal takes seconds at most, even on a busy machine");
    }

    [Fact]
    public void Files_that_are_no_image_are_refused_with_a_code()
    {
        Refused("NIFTI-NOT-NIFTI", _folder.Write("a.nii", "This is no image at all."u8.ToArray()));
        Refused("NIFTI-TRUNCATED", _folder.Write("b.nii", []));
        Refused("NIFTI-TRUNCATED", _folder.Write("c.nii", [92, 1]));
        Refused("NIFTI-TRUNCATED", _folder.Write("d.nii", new HandMadeNifti().Bytes()[..200]));
        Refused("NIFTI-ANALYZE",
            _folder.Write("e.hdr", new HandMadeNifti().HeaderBytes()[..344].Concat(new byte[8]).ToArray()));
        Refused("FILE-MISSING", _folder.Path("absent.nii"));
        Refused("FILE-IS-FOLDER", _folder.Root);
        Refused("FILE-MISSING", _folder.Write("f.hdr", new HandMadeNifti { Pair = true }.HeaderBytes()));
        Refused("FILE-MISSING", _folder.Write("g.img", new HandMadeNifti { Pair = true }.VoxelBytes()));
        Refused("NIFTI-BAD-HEADER", _folder.Write("h.nii", new HandMadeNifti { Pair = true }.Bytes()));
        Refused("FILE-MISSING", "");
        Refused("FILE-MISSING", "a\0b.nii");
    }

    [Fact]
    public void Devices_are_refused_without_reading_them()
    {
        Refused("NIFTI-TRUNCATED", "/dev/zero");
        Assert.Equal("BVAL-NUMBER", Assert.Throws<RefusalException>(() => BValueFile.Read("/dev/zero")).Code);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_is_refused()
    {
        // The voxels repeat, so that the cut of a few bytes takes none of them: only the trailer tells.
        var made = new HandMadeNifti { Dim = [4, 50, 40, 2, 2],
            Voxels = [.. Enumerable.Range(0, 8000).Select(i => (double)(i * 7919 % 251))] };
        byte[] whole = HandMadeNifti.Gzip(made.Bytes());
        for (int length = 1; length < whole.Length; length += length > whole.Length - 40 ? 1 : 41)
        {
            string path = _folder.Write("a.nii.gz", whole[..length]);
            var refusal = Assert.Throws<RefusalException>(() => NiftiFile.Read(path));
            Assert.Contains(refusal.Code, new[] { "NIFTI-CORRUPT-GZIP", "NIFTI-TRUNCATED", "NIFTI-NOT-NIFTI" });
        }
    }

    [Fact]
    public void A_wrong_checksum_or_length_is_refused()
    {
        byte[] whole = HandMadeNifti.Gzip(new HandMadeNifti().Bytes());
        for (int back = 1; back <= 8; back++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[^back] ^= 1;
            Refused("NIFTI-CORRUPT-GZIP", _folder.Write("a.nii.gz", bytes));
        }
    }

    [Fact]
    public void A_refusal_names_neither_the_file_nor_what_its_header_says()
    {
        string path = _folder.Write("patient-smith.nii", new HandMadeNifti { Bits = 7 }.Bytes());
        var refusal = Assert.Throws<RefusalException>(() => NiftiFile.Read(path));
        Assert.DoesNotContain("smith", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static HandMadeNifti Broken(string kind) => kind switch
    {
        "complex" => new() { Type = 32, Bits = 64 },
        "colour" => new() { Type = 128, Bits = 24 },
        "binary" => new() { Type = 1, Bits = 1 },
        "quad" => new() { Type = 1536, Bits = 128 },
        "bits" => new() { Bits = 16 },
        "no dimension" => new() { Dim = [0, 3, 2, 2, 2] },
        "eight dimensions" => new() { Dim = [8, 3, 2, 2, 2] },
        "negative" => new() { Dim = [4, 3, -2, 2, 2] },
        "zero" => new() { Dim = [4, 3, 2, 0, 2] },
        "fifth" => new() { Dim = [5, 3, 2, 2, 1, 2] },
        "offset" => new() { Offset = 100 },
        "broken offset" => new() { Offset = 352.5 },
        "infinite offset" => new() { Offset = double.PositiveInfinity },
        "slope" => new() { Slope = double.PositiveInfinity },
        "promise" => new() { Dim = [4, 3, 2, 2, 3] },
        _ => new() { Two = true, Dim = [4, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue] },
    };

    private static void Refused(string code, string path, NiftiLimits? limits = null) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => NiftiFile.Read(path, limits)).Code);
}
