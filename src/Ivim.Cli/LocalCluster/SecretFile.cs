using System.Security.Cryptography;

namespace Ivim.Cli.LocalCluster;

/// <summary>Files that only their owner may read, from their first moment on.</summary>
internal static class SecretFile
{
    private const int TokenBytes = 32;

    /// <summary>A token of 256 random bits, if there is none yet.</summary>
    public static void MakeToken(string path)
    {
        if (!File.Exists(path)) Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
    }

    public static void Write(string path, string secret)
    {
        var temporary = $"{path}.{Environment.ProcessId}.part";
        File.Delete(temporary);
        try
        {
            using (var writer = new StreamWriter(temporary, OnlyForItsOwner())) writer.Write(secret);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions OnlyForItsOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
