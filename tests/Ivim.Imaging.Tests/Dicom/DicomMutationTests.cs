using System.Diagnostics;
using System.Globalization;
using Ivim.Imaging.Dicom.Files;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>Flipped, overwritten and cut bytes of real and made-up objects: an object or a coded refusal, nothing else,
/// and soon.</summary>
public sealed class DicomMutationTests : IDisposable
{
    // Thousands in all on every run; IVIM_FUZZ_CASES asks for more of each file, for a night.
    private static readonly ulong Cases = ulong.Parse(
        Environment.GetEnvironmentVariable("IVIM_FUZZ_CASES") ?? "60", CultureInfo.InvariantCulture);

    // A slow case is a hang; the machine may be busy with other tests.
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(5);

    // What a case may allocate: these files are small, and every size is checked before memory is asked for.
    private const long MostAllocated = 64 << 20;
    private const int LargestFile = 50_000;

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

    [SkippableFact]
    public void Only_refusals_escape_from_an_enhanced_object()
    {
        const string series = "dicom_siemens_enhanced/In/TerraX_14_PRODUCT__ep2d_diff__p3_sms1/75739673";
        Mutate(SharedData.Path(series));
    }

    public void Dispose() => _folder.Dispose();

    private void Mutate(string path)
    {
        byte[] whole = File.ReadAllBytes(path);
        var random = new RandomStream(20261123, (ulong)whole.Length);
        for (ulong attempt = 0; attempt < Cases; attempt++)
        {
            string damaged = _folder.Write("damaged", Damage(whole, random.Child(attempt)));
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

    private static byte[] Damage(byte[] whole, RandomStream random)
    {
        var bytes = (byte[])whole.Clone();
        int changes = 1 + (int)(random.Bits(0) % 4);
        for (uint change = 0; change < changes; change++)
        {
            ulong bits = random.Bits(change + 1);
            int at = (int)(bits >> 8 & 0xFFFFFF) % bytes.Length;
            bytes[at] = (bits & 3) switch
            {
                0 => (byte)(bytes[at] ^ 1 << (int)(bits >> 2 & 7)),
                1 => 0xFF,
                _ => (byte)(bits >> 32),
            };
        }
        return random.Bits(100) % 8 == 0 ? bytes[..(int)(random.Bits(101) % (ulong)bytes.Length)] : bytes;
    }
}
