using System.Runtime.InteropServices;
using Ivim.Actors.Work;

namespace Ivim.Actors.Artifacts;

/// <summary>
/// Files that appear whole or not at all: temporary name, flush to the disk, rename, flush of the folder.
/// </summary>
public static partial class DurableFile
{
    /// <summary>What a write that did not finish leaves behind ends with this.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes or replaces a file; a reader sees the old one or the new one.</summary>
    /// <param name="beforeItAppears">The last look: what it throws leaves the file as it was.</param>
    public static void Write(string path, Action<Stream> write, Action? beforeItAppears = null) =>
        Write(path, write, overwrite: true, beforeItAppears);

    public static void Write(string path, ReadOnlyMemory<byte> bytes, Action? beforeItAppears = null) =>
        Write(path, file => file.Write(bytes.Span), beforeItAppears);

    /// <summary>Writes a file where there is none; of many that do so at a time, one does.</summary>
    /// <returns>Whether it did: if not, there is one already, which stays as it is.</returns>
    public static bool TryWriteNew(string path, Action<Stream> write)
    {
        if (File.Exists(path)) return false;
        try
        {
            Write(path, write, overwrite: false, beforeItAppears: null);
            return true;
        }
        catch (NameTakenException)
        {
            return false;
        }
    }

    private static void Write(string path, Action<Stream> write, bool overwrite, Action? beforeItAppears)
    {
        var folder = Path.GetDirectoryName(path) ?? ".";
        MakeFolder(folder);
        var temporary = $"{path}.{ThisProcess}-{Interlocked.Increment(ref _writes)}{TemporarySuffix}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(file);
                FailPoint.Hit("after_tmp");
                file.Flush(flushToDisk: true);
                FailPoint.Hit("after_fsync");
            }
            beforeItAppears?.Invoke();
            if (overwrite) File.Move(temporary, path, overwrite: true);
            else MoveToFree(temporary, path);
            FailPoint.Hit("after_rename");
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        SyncFolder(folder);
    }

    /// <summary>Takes a file away; one that is not there, nor its folder, is away already.</summary>
    public static void Delete(string path)
    {
        if (File.Exists(path)) File.Delete(path);
    }

    /// <summary>What writes of this file left behind that were killed.</summary>
    public static IEnumerable<string> Unfinished(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? ".";
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".*-*" + TemporarySuffix) : [];
    }

    /// <summary>Makes renames and removals in a folder durable.</summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    public static void SyncFolder(string folder)
    {
        int handle = Open(folder.Length == 0 ? "." : folder, OpenReadOnly);
        if (handle < 0 && Marshal.GetLastPInvokeError() == NotAllowed) return; // to be written, not to be read
        if (handle < 0) throw Failed(folder);
        try
        {
            // Some network file systems have no such call for folders: there a rename is durable by itself, or never.
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failed(folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>A new folder is as durable as the files in it: its own name lies in the folder above.</summary>
    private static void MakeFolder(string folder)
    {
        if (folder.Length == 0 || Directory.Exists(folder)) return;
        var above = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (above is not null) MakeFolder(above);
        Directory.CreateDirectory(folder);
        if (above is not null) SyncFolder(above);
    }

    /// <summary>The path stays out of it: it may hold a person's name.</summary>
    private static IOException Failed(string folder) => new(
        $"a folder of depth {folder.Count(letter => letter == Path.DirectorySeparatorChar)} cannot be made durable: "
        + Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));

    /// <summary>The name goes to one file only, also of many that ask at a time.</summary>
    /// <remarks>File.Move looks whether there is one, then renames: of sixteen at a time three came through.</remarks>
    /// <exception cref="NameTakenException">There is one already.</exception>
    private static void MoveToFree(string temporary, string path)
    {
        if (Link(temporary, path) == 0)
        {
            File.Delete(temporary);
            return;
        }
        if (Marshal.GetLastPInvokeError() == Exists || File.Exists(path)) throw new NameTakenException();
        // A file system without hard links: as near as it comes.
        File.Move(temporary, path, overwrite: false);
    }

    private sealed class NameTakenException() : IOException("there is such a file already");

    private const int OpenReadOnly = 0, NotAllowed = 13, Exists = 17, InvalidArgument = 22;
    private static long _writes;

    /// <summary>Not the process number: that repeats, and a killed process may have left files behind.</summary>
    private static readonly string ThisProcess = Path.GetRandomFileName();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string path);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
