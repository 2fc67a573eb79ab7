using System.IO.Compression;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>What a deflated file holds, inflated anew when the memory was wanted for something else.</summary>
internal sealed class InflatedBytes(string path, long start, int most) : IDicomBytes
{
    private const int FirstBytes = 1 << 16;

    private readonly WeakReference<byte[]> _last = new([]);
    private int _length = -1;

    public long Length
    {
        get
        {
            if (_length < 0) Inflate();
            return _length;
        }
    }

    public void Read(long position, Span<byte> buffer)
    {
        var bytes = _last.TryGetTarget(out var kept) && kept.Length > 0 ? kept : Inflate();
        bytes.AsSpan((int)position, buffer.Length).CopyTo(buffer);
    }

    public void Dispose()
    {
    }

    private byte[] Inflate()
    {
        using var file = new FileBytes(path);
        using var deflated = new MemoryStream(Rest(file), writable: false);
        using var inflating = new DeflateStream(deflated, CompressionMode.Decompress);
        var bytes = new byte[FirstBytes];
        int length = 0;
        try
        {
            for (int count; (count = inflating.Read(bytes, length, bytes.Length - length)) > 0;)
            {
                length += count;
                if (length > most)
                    throw DicomRefusals.TooLarge("a file that inflates further", $"at most {most} bytes");
                if (length == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * length, most + 1L));
            }
        }
        catch (InvalidDataException broken)
        {
            throw DicomRefusals.Damaged("compressed elements that do not inflate", "an intact deflate stream", broken);
        }
        Array.Resize(ref bytes, length);
        _length = length;
        _last.SetTarget(bytes);
        return bytes;
    }

    private byte[] Rest(FileBytes file)
    {
        long length = file.Length - start;
        if (length > most) throw DicomRefusals.TooLarge($"{length} compressed bytes", $"at most {most}");
        if (length < 0) throw DicomRefusals.Changed();
        var rest = new byte[length];
        file.Read(start, rest);
        return rest;
    }
}
