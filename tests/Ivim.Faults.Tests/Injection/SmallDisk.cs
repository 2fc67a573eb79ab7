using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Injection;

/// <summary>A file system in memory, so small that it can be filled.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Filler = "filler";

    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <param name="folder">Is made, and from now on lies on that disk.</param>
    /// <param name="options">As mount(8) takes them: `size=4m`, `nr_inodes=64`.</param>
    public static async Task<SmallDisk> MountAsync(string folder, string options)
    {
        Rights.NeedRoot("mounted disks");
        Directory.CreateDirectory(folder);
        var mounted = await Command.TryAsync("mount", "-t", "tmpfs", "-o", options, "ivim-faults", folder);
        Skip.IfNot(mounted.Succeeded, "this machine lets nobody mount a disk");
        return new SmallDisk(folder);
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        var block = new byte[64 * 1024];
        try
        {
            using var file = new FileStream(
                Path.Combine(_folder, Filler), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            while (true) file.Write(block);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Takes every file that may still be made.</summary>
    public void TakeAllFiles()
    {
        Directory.CreateDirectory(Path.Combine(_folder, Filler));
        try
        {
            for (int i = 0; ; i++) File.Create(Path.Combine(_folder, Filler, $"{i}")).Dispose();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Whether a single byte more can be written.</summary>
    public bool IsFull()
    {
        string probe = Path.Combine(_folder, "probe");
        try
        {
            File.WriteAllText(probe, "x");
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        finally
        {
            File.Delete(probe);
        }
    }

    public Task FreeAsync() => Command.RunAsync("rm", "-rf", Path.Combine(_folder, Filler));

    public async ValueTask DisposeAsync() => await Command.TryAsync("umount", "-l", _folder);
}
