using System.Buffers.Binary;
using System.IO.Compression;

namespace Ivim.Imaging.Nifti;

/// <summary>Decompresses one or more gzip members and checks the length and the checksum of each.</summary>
/// <remarks>
/// .NET's GZipStream ends quietly when a file is cut off, even inside the compressed data (seen with 10.0.12), so that
/// half an image would pass for a whole one. Here each member must be followed by its trailer. DeflateStream reads
/// ahead and does not tell where its data ended; the trailer is therefore looked for, by its 64 bits, in the last piece
/// that was handed to it. Bytes behind the last member are ignored.
/// </remarks>
internal sealed class GzipMembers : Stream
{
    private readonly Stream _file;
    private readonly PieceStream _pieces;
    private DeflateStream? _inflate;
    private Crc32 _checksum;
    private uint _length;
    private long _dataStart;
    private bool _begun;

    public GzipMembers(Stream seekableFile)
    {
        _file = seekableFile;
        _pieces = new PieceStream(seekableFile);
    }

    public override int Read(Span<byte> buffer)
    {
        if (!_begun) StartMember();
        while (buffer.Length > 0 && _inflate is not null)
        {
            int count = Inflate(buffer);
            if (count > 0)
            {
                _checksum.Append(buffer[..count]);
                _length = unchecked(_length + (uint)count);
                return count;
            }
            FinishMember();
        }
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _inflate!.Read(buffer);
        }
        catch (InvalidDataException broken)
        {
            throw NiftiRefusals.CorruptGzip("compressed data that cannot be decoded", broken);
        }
    }

    private void StartMember()
    {
        _begun = true;
        GzipHeader.Skip(_file);
        _dataStart = _file.Position;
        _pieces.LastStart = _dataStart;
        _inflate = new DeflateStream(_pieces, CompressionMode.Decompress, leaveOpen: true);
        (_checksum, _length) = (default, 0);
    }

    private void FinishMember()
    {
        _inflate!.Dispose();
        _inflate = null;
        // The shortest deflate stream has two bytes; without this an empty member's zeros would be found one byte
        // early.
        long from = Math.Max(_pieces.LastStart, _dataStart + 2);
        var piece = new byte[PieceStream.Longest + 8];
        _file.Position = from;
        int count = _file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        int at = piece.AsSpan(0, count).IndexOf(trailer);
        if (at < 0) throw NiftiRefusals.CorruptGzip("a file that is cut off, or whose checksum is wrong");

        _file.Position = from + at + 8;
        Span<byte> next = stackalloc byte[3];
        int ahead = _file.ReadAtLeast(next, 3, throwOnEndOfStream: false);
        _file.Position = from + at + 8;
        if (GzipHeader.Begins(next[..ahead])) StartMember();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflate?.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

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
