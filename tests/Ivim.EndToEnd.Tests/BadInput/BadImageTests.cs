using System.Text;
using Ivim.EndToEnd.Tests.Inputs;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>Images that cannot be read safely: refused with a code, and no folder is left.</summary>
public sealed class BadImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "NIFTI-TRUNCATED")]
    [InlineData(1, "NIFTI-TRUNCATED")]
    [InlineData(15, "NIFTI-CORRUPT-GZIP")]
    [InlineData(200, "NIFTI-CORRUPT-GZIP")]
    [InlineData(-3000, "NIFTI-CORRUPT-GZIP")]
    [InlineData(-8, "NIFTI-CORRUPT-GZIP")]
    [InlineData(-1, "NIFTI-CORRUPT-GZIP")]
    public async Task A_compressed_file_that_was_cut_off(int length, string code)
    {
        string image = new MadeScan().WriteCompressed(
            _folder, whole => length < 0 ? whole[..^-length] : whole[..length]);
        await Refused.ByAsync(code, _folder, image);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(1)]
    public async Task A_compressed_file_with_a_wrong_byte(double place)
    {
        string image = new MadeScan().WriteCompressed(_folder, whole =>
        {
            whole[(int)(place * (whole.Length - 1))] ^= 0x10;
            return whole;
        });
        await Refused.ByAsync("NIFTI-CORRUPT-GZIP", _folder, image);
    }

    [Fact]
    public async Task A_file_that_was_cut_off()
    {
        var scan = new MadeScan();
        scan.WriteBValues(_folder);
        await Refused.ByAsync("NIFTI-TRUNCATED", _folder, _folder.Write("scan.nii", scan.Bytes()[..^5]));
    }

    [Theory]
    [InlineData("scan.nii")]
    [InlineData("scan.nii.gz")]
    [InlineData("scan.txt")]
    public async Task A_file_that_is_no_NIfTI(string name)
    {
        new MadeScan().WriteBValues(_folder);
        string text = string.Join(' ', Enumerable.Repeat("This is a letter, not an image.", 50));
        string image = _folder.Write(name, text);
        await Refused.ByAsync("NIFTI-NOT-NIFTI", _folder, image, "--bval", _folder.Path("scan.bval"));
    }

    [Fact]
    public async Task No_file() => await Refused.ByAsync("FILE-MISSING", _folder, _folder.Path("scan.nii"));

    [Fact]
    public async Task A_folder_that_is_no_dataset()
    {
        Directory.CreateDirectory(_folder.Path("scan.nii"));
        await Refused.ByAsync("INPUT-NOT-ONE-SERIES", _folder, _folder.Path("scan.nii"));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_mask()
    {
        string mask = Directory.CreateDirectory(_folder.Path("mask.nii")).FullName;
        await Refused.ByAsync("FILE-IS-FOLDER", _folder, new MadeScan().Write(_folder), "--mask", mask);
    }

    [Fact]
    public async Task An_image_of_one_volume() =>
        await Refused.ByAsync("NIFTI-NOT-4D", _folder, new MadeScan { B = [0] }.Write(_folder));

    /// <summary>1,000,000 GB of voxels: refused before any memory or disk is asked for.</summary>
    [Fact]
    public async Task A_header_that_promises_more_than_the_file_can_hold()
    {
        var scan = new MadeScan();
        scan.WriteBValues(_folder);
        byte[] bytes = [.. scan.Header([4, 32767, 32767, 32767, scan.B.Length]), .. new byte[4096]];
        // Which of the two depends on the machine's memory.
        var run = await Refused.RunAsync(_folder, _folder.Write("scan.nii", bytes));
        Assert.Contains(run.ErrorCode, (string[])["NIFTI-TRUNCATED", "NIFTI-TOO-LARGE"]);
        run.MustBeRefusal(Processes.Finished.BadInput, run.ErrorCode);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    /// <summary>A sparse file has the length without the bytes.</summary>
    [Fact]
    public async Task A_file_that_does_hold_more_than_any_memory()
    {
        var scan = new MadeScan();
        scan.WriteBValues(_folder);
        string image = _folder.Write("scan.nii", scan.Header([4, 4096, 4096, 4096, scan.B.Length]));
        using (var file = File.OpenWrite(image))
            file.SetLength(352 + 4096L * 4096 * 4096 * scan.B.Length * sizeof(float));
        await Refused.ByAsync("NIFTI-TOO-LARGE", _folder, image);
    }

    [Theory]
    [InlineData(new int[] { 4, 0, 8, 2, 8 })]
    [InlineData(new int[] { 4, -8, 8, 2, 8 })]
    [InlineData(new int[] { 9, 8, 8, 2, 8 })]
    [InlineData(new int[] { 0, 8, 8, 2, 8 })]
    public async Task A_header_with_impossible_dimensions(int[] dim)
    {
        var scan = new MadeScan();
        scan.WriteBValues(_folder);
        string image = _folder.Write("scan.nii", [.. scan.Header(dim), .. new byte[9999]]);
        await Refused.ByAsync("NIFTI-BAD-HEADER", _folder, image);
    }

    [Fact]
    public async Task An_image_of_zeros() => await Refused.ByAsync(
        "MASK-EMPTY", _folder, new MadeScan { Change = (_, _, _) => 0 }.Write(_folder));

    [Fact]
    public async Task An_image_of_one_value_everywhere() => await Refused.ByAsync(
        "MASK-EMPTY", _folder, new MadeScan { Change = (_, _, _) => 500 }.Write(_folder));

    [Fact]
    public async Task An_image_of_nothing_but_NaN() => await Refused.ByAsync(
        "MASK-EMPTY", _folder, new MadeScan { Change = (_, _, _) => float.NaN }.Write(_folder));

    [Fact]
    public async Task A_refusal_tells_nothing_of_paths_or_header_text()
    {
        string image = new MadeScan { B = [0], FreeText = "CANARYSMITH" }.Write(_folder, "CANARYSMITH");
        var run = await Refused.RunAsync(_folder, image);
        Assert.DoesNotContain("CANARYSMITH", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Equal(Encoding.ASCII.GetByteCount(run.Error), run.Error.Length);
    }
}
