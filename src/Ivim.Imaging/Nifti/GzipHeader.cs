namespace Ivim.Imaging.Nifti;

/// <summary>The head of one gzip member (RFC 1952, section 2.3).</summary>
internal static class GzipHeader
{
    private const int HeaderCrcFlag = 2, ExtraFlag = 4, NameFlag = 8, CommentFlag = 16, ReservedFlags = 0xE0;

    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8;

    /// <summary>Moves the file to the first byte of the compressed data.</summary>
    public static void Skip(Stream file)
    {
        Span<byte> head = stackalloc byte[10];
        if (file.ReadAtLeast(head, 10, throwOnEndOfStream: false) < 10)
            throw NiftiRefusals.CorruptGzip("a gzip header that ends early");
        int flags = head[3];
        if ((flags & ReservedFlags) != 0) throw NiftiRefusals.CorruptGzip("unknown gzip flags");
        if ((flags & ExtraFlag) != 0) SkipExtra(file);
        if ((flags & NameFlag) != 0) SkipText(file);
        if ((flags & CommentFlag) != 0) SkipText(file);
        if ((flags & HeaderCrcFlag) != 0) file.Position += 2;
    }

    private static void SkipExtra(Stream file)
    {
        int length = Byte(file) | Byte(file) << 8;
        file.Position += length;
    }

    private static void SkipText(Stream file)
    {
        while (Byte(file) != 0)
        {
        }
    }

    private static int Byte(Stream file)
    {
        int value = file.ReadByte();
        return value >= 0 ? value : throw NiftiRefusals.CorruptGzip("a gzip header that ends early");
    }
}
