using System.Diagnostics;
using Ivim.Imaging.Dicom.Files;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>Flipped, overwritten and cut bytes of real and made-up objects: an object or a coded refusal, nothing else,
/// and soon.</summary>
public sealed class DicomMutationTests : IDisposable
{
    // Thousands in all on every run.
    private static readonly ulong Cases = DamagedBytes.Cases(60);

    // A slow case is a hang; the machine may be busy with other tests.
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(5);

    // What a case may allocate: these files are small, and every size is checked before memory is asked for.
    private const long MostAllocated = 64 << 20;
    private const int LargestFile = 50_000, HeaderBytes = 1 << 14;

    private static readonly DicomLimits Limits = DicomLimits.Default with
    {
        InflatedBytes = 8 << 20, FrameBytes = 8 << 20,
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Only_refusals_escape_from_made_up_objects()
    {
        foreach (string name in MadeObjects.Whole.Concat(MadeObjects.Lossy)) Mutate(MadeObjects.Path(name));
    }

    [SkippableTheory]
    [InlineData("badinput/pydicom_debian")]
    [InlineData("dicom_siemens_singles")]
    public void Only_refusals_escape_from_real_files(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Path(folder), "*.dcm").Order())
            if (new FileInfo(path).Length <= LargestFile) Mutate(path);
    }

    [SkippableTheory]
    [InlineData("dicom_ge/In/01_Ax_DWI_TENSOR_R2/i22.MRDC.1")]
    [InlineData("dicom_siemens_enhanced/In/TerraX_14_PRODUCT__ep2d_diff__p3_sms1/75739673")]
    [InlineData("dicom_siemens_mosaic/In/0001.dcm")]
    public void Only_refusals_escape_from_one_file_of_each_scanner(string file) => Mutate(SharedData.Path(file));

    public void Dispose() => _folder.Dispose();

    private void Mutate(string path)
    {
        byte[] whole = File.ReadAllBytes(path);
        var random = new RandomStream(20261123, (ulong)whole.Length);
        for (ulong attempt = 0; attempt < Cases; attempt++)
        {
            string damaged = _folder.Write("damaged", DamagedBytes.Of(whole, random.Child(attempt), HeaderBytes));
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            string what = $"attempt {attempt} on {Path.GetFileName(path)}";
            try
            {
                ReadAll(damaged);
            }
            catch (Exception defect) when (defect is not RefusalException)
            {
                throw new InvalidOperationException(what, defect);
            }
            catch (RefusalException refusal)
            {
                Assert.StartsWith("DICOM-", refusal.Code);
            }
            Assert.True(clock.Elapsed < LongestCase, $"{what} took {clock.Elapsed}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated, $"{what} took {allocated} bytes");
        }
    }

    private static void ReadAll(string path)
    {
        var found = new ManagedDicomReader(Limits).Read(path);
        DicomContents.Elements(found.Dataset);
        foreach (var tag in found.Dataset.Tags)
        {
            found.Dataset.Texts(tag);
            found.Dataset.Numbers(tag);
        }
        if (found.Frames > 0) found.Frame((found.Frames - 1) % 100);
    }
}
