using System.Diagnostics;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Nifti;

/// <summary>Flipped, overwritten and cut bytes: an image or a coded refusal, nothing else, and soon.</summary>
public sealed class NiftiFuzzTests : IDisposable
{
    private const int HeaderBytes = 360;

    private static readonly ulong Cases = DamagedBytes.Cases(1000), CasesOfRealFiles = DamagedBytes.Cases(60);

    // A slow case is a hang; the machine may be busy with other tests.
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Only_refusals_escape(bool two, bool zipped)
    {
        var made = new HandMadeNifti { Two = two, Type = 4, Bits = 16, Dim = [4, 8, 8, 3, 2],
            Voxels = new double[384] };
        byte[] whole = zipped ? HandMadeNifti.Gzip(made.Bytes()) : made.Bytes();
        var random = new RandomStream(20240607, (two ? 1u : 0) + (zipped ? 2u : 0));
        ReadDamaged(whole, random, Cases);
    }

    [SkippableTheory]
    [InlineData("badinput/nifti")]
    [InlineData("badinput/nibabel")]
    [InlineData("badinput/dipy_debian")]
    public void Only_refusals_escape_from_real_files(string folder)
    {
        const int largestFile = 50_000;
        foreach (string path in Directory.EnumerateFiles(SharedData.Path(folder)).Order())
        {
            byte[] whole = File.ReadAllBytes(path);
            if (whole.Length is > 0 and <= largestFile)
                ReadDamaged(whole, new RandomStream(20261123, (ulong)whole.Length), CasesOfRealFiles);
        }
    }

    [Fact]
    public void A_gradient_file_of_noise_is_refused_or_read()
    {
        var random = new RandomStream(7);
        for (ulong attempt = 0; attempt < Cases; attempt++)
        {
            byte[] whole = "0 10 20\t30\r\n50 1e2 2.5e+2 600\n"u8.ToArray();
            var bytes = DamagedBytes.Of(whole, random.Child(attempt), HeaderBytes);
            string path = _folder.Write("a.bval", bytes);
            Try(() => BValueFile.Read(path));
            Try(() => BVectorFile.Read(path));
        }
    }

    public void Dispose() => _folder.Dispose();

    private void ReadDamaged(byte[] whole, RandomStream random, ulong cases)
    {
        for (ulong attempt = 0; attempt < cases; attempt++)
        {
            string path = _folder.Write("a.nii", DamagedBytes.Of(whole, random.Child(attempt), HeaderBytes));
            var clock = Stopwatch.StartNew();
            Try(() => NiftiFile.Read(path, new NiftiLimits(64 << 20)));
            Assert.True(clock.Elapsed < LongestCase, $"attempt {attempt} took {clock.Elapsed}");
        }
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (RefusalException refusal)
        {
            Assert.NotEmpty(refusal.Code);
        }
    }
}
