using System.Diagnostics;
using System.Globalization;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Nifti;

/// <summary>Flipped, overwritten and cut bytes: an image or a coded refusal, nothing else, and soon.</summary>
public sealed class NiftiFuzzTests : IDisposable
{
    // Thousands on every run; IVIM_FUZZ_CASES asks for more, for a night.
    private static readonly ulong Cases = ulong.Parse(
        Environment.GetEnvironmentVariable("IVIM_FUZZ_CASES") ?? "1000", CultureInfo.InvariantCulture);

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
        for (ulong attempt = 0; attempt < Cases; attempt++)
        {
            string path = _folder.Write("a.nii", Damage(whole, random.Child(attempt)));
            var clock = Stopwatch.StartNew();
            try
            {
                NiftiFile.Read(path, new NiftiLimits(64 << 20));
            }
            catch (RefusalException refusal)
            {
                Assert.NotEmpty(refusal.Code);
            }
            Assert.True(clock.Elapsed < LongestCase, $"attempt {attempt} took {clock.Elapsed}");
        }
    }

    [Fact]
    public void A_gradient_file_of_noise_is_refused_or_read()
    {
        var random = new RandomStream(7);
        for (ulong attempt = 0; attempt < Cases; attempt++)
        {
            var bytes = Damage("0 10 20\t30\r\n50 1e2 2.5e+2 600\n"u8.ToArray(), random.Child(attempt));
            string path = _folder.Write("a.bval", bytes);
            Try(() => BValueFile.Read(path));
            Try(() => BVectorFile.Read(path));
        }
    }

    public void Dispose() => _folder.Dispose();

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

    private static byte[] Damage(byte[] whole, RandomStream random)
    {
        var bytes = (byte[])whole.Clone();
        int changes = 1 + (int)(random.Bits(0) % 4);
        for (uint change = 0; change < changes; change++)
        {
            ulong bits = random.Bits(change + 1);
            // Half of the changes hit the header, where they matter most.
            int reach = (bits & 1) == 0 ? bytes.Length : Math.Min(bytes.Length, 360);
            int at = (int)(bits >> 8 & 0xFFFFFF) % reach;
            bytes[at] = (bits & 2) == 0 ? (byte)(bytes[at] ^ 1 << (int)(bits >> 2 & 7)) : (byte)(bits >> 32);
        }
        return random.Bits(100) % 8 == 0 ? bytes[..(int)(random.Bits(101) % (ulong)bytes.Length)] : bytes;
    }
}
