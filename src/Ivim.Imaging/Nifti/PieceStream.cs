namespace Ivim.Imaging.Nifti;

/// <summary>Hands a file on in pieces of bounded length and remembers where the last one began.</summary>
internal sealed class PieceStream(Stream file) : Stream
{
    public const int Longest = 8192;

    public long LastStart { get; set; }

    public override int Read(Span<byte> buffer)
    {
        long start = file.Position;
        int count = file.Read(buffer[..Math.Min(buffer.Length, Longest)]);
        if (count > 0) LastStart = start;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
