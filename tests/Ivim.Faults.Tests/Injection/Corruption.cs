using System.Security.Cryptography;

namespace Ivim.Faults.Tests.Injection;

/// <summary>What disks do to files at rest.</summary>
internal enum Corruption
{
    OneBit,
    Truncated,
    Empty,
    SwappedFile,
}

internal static class Corruptions
{
    /// <summary>Damages the file at a place of the nemesis's choice; fails if its content did not change.</summary>
    /// <param name="other">The file that takes its place, where files are swapped.</param>
    public static void Apply(this Corruption corruption, string file, Nemesis nemesis, string? other = null)
    {
        var bytes = File.ReadAllBytes(file);
        var before = SHA256.HashData(bytes);
        int place = nemesis.Between(0, bytes.Length - 1);
        switch (corruption)
        {
            case Corruption.OneBit:
                bytes[place] ^= (byte)(1 << nemesis.Between(0, 7));
                File.WriteAllBytes(file, bytes);
                break;
            case Corruption.Truncated:
                File.WriteAllBytes(file, bytes[..place]);
                break;
            case Corruption.Empty:
                File.WriteAllBytes(file, []);
                break;
            case Corruption.SwappedFile:
                File.Copy(other!, file, overwrite: true);
                break;
        }
        Assert.NotEqual(before, SHA256.HashData(File.ReadAllBytes(file)));
    }
}
