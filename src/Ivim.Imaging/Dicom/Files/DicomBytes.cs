using Ivim.Physics;
using Microsoft.Win32.SafeHandles;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>Bytes at any place of a file, or of what was inflated from one.</summary>
internal interface IDicomBytes : IDisposable
{
    long Length { get; }

    /// <summary>Fills the buffer, all of which lies before <see cref="Length"/>.</summary>
    void Read(long position, Span<byte> buffer);
}

/// <summary>An open file.</summary>
internal sealed class FileBytes : IDicomBytes
{
    private readonly SafeFileHandle _file;

    public FileBytes(string path)
    {
        if (Directory.Exists(path))
            throw new RefusalException("FILE-IS-FOLDER", "a folder for a DICOM file", "a file", "give the file itself");
        try
        {
            // A pipe would be waited for; it has no length.
            if (new FileInfo(path).Length == 0) throw DicomRefusals.NotDicom("an empty file");
            _file = File.OpenHandle(path);
            Length = RandomAccess.GetLength(_file);
        }
        catch (Exception denied) when (denied is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusalException("FILE-MISSING", "no DICOM file", "a file that exists", "check the path", denied);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(denied);
        }
    }

    public long Length { get; }

    public void Read(long position, Span<byte> buffer)
    {
        try
        {
            for (int done = 0; done < buffer.Length;)
            {
                int count = RandomAccess.Read(_file, buffer[done..], position + done);
                if (count == 0) throw DicomRefusals.Changed();
                done += count;
            }
        }
        catch (IOException broken)
        {
            throw Unreadable(broken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static RefusalException Unreadable(Exception cause) =>
        new("FILE-UNREADABLE", "that the DICOM file cannot be read", "a readable file",
            "check its permissions, the disk or the network share", cause);
}

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : IDicomBytes
{
    public long Length => bytes.Length;

    public void Read(long position, Span<byte> buffer) => Slice(position, buffer.Length).Span.CopyTo(buffer);

    public ReadOnlyMemory<byte> Slice(long position, int count) => bytes.Slice((int)position, count);

    public void Dispose()
    {
    }
}
