using System.Globalization;
using Ivim.Physics;

namespace Ivim.Imaging.Tests;

/// <summary>A few flipped, overwritten or cut bytes.</summary>
internal static class DamagedBytes
{
    /// <summary>Cases of each file; IVIM_FUZZ_CASES asks for more, for a night.</summary>
    public static ulong Cases(ulong usual) =>
        Environment.GetEnvironmentVariable("IVIM_FUZZ_CASES") is { } asked
            ? ulong.Parse(asked, CultureInfo.InvariantCulture)
            : usual;

    /// <param name="headBytes">Half of the changes hit this start of the file, where they matter most.</param>
    public static byte[] Of(byte[] whole, RandomStream random, int headBytes)
    {
        var bytes = (byte[])whole.Clone();
        int changes = 1 + (int)(random.Bits(0) % 4);
        for (uint change = 0; change < changes; change++)
        {
            ulong bits = random.Bits(change + 1);
            int reach = (bits & 1) == 0 ? bytes.Length : Math.Min(bytes.Length, headBytes);
            int at = (int)(bits >> 8 & 0xFFFFFF) % reach;
            bytes[at] = (bits & 2) == 0 ? (byte)(bytes[at] ^ 1 << (int)(bits >> 2 & 7)) : (byte)(bits >> 32);
        }
        return random.Bits(100) % 8 == 0 ? bytes[..(int)(random.Bits(101) % (ulong)bytes.Length)] : bytes;
    }
}
