using System.Buffers.Binary;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>Goes through bytes from front to back; values are slices of the pieces that were read, not copies.
/// </summary>
internal sealed class ByteCursor(IDicomBytes source, long position)
{
    private const int PieceBytes = 1 << 14;

    private byte[] _piece = [];
    private long _pieceStart;

    public long Position { get; private set; } = position;

    public long Length => source.Length;

    public long Left => source.Length - Position;

    public bool IsBigEndian { get; set; }

    public ushort UInt16()
    {
        var bytes = Take(sizeof(ushort)).Span;
        return IsBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint UInt32()
    {
        var bytes = Take(sizeof(uint)).Span;
        return IsBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = Peek(count);
        Position += count;
        return taken;
    }

    /// <summary>The bytes that come, without going on.</summary>
    public ReadOnlyMemory<byte> Peek(int count)
    {
        RequireLeft(count);
        if (source is MemoryBytes memory) return memory.Slice(Position, count);
        if (Position >= _pieceStart && Position + count <= _pieceStart + _piece.Length)
            return _piece.AsMemory((int)(Position - _pieceStart), count);
        var piece = new byte[Math.Max(count, (int)Math.Min(PieceBytes, Left))];
        source.Read(Position, piece);
        // A long value has a piece to itself; small ones that follow would keep all of it in memory.
        if (count <= PieceBytes) (_piece, _pieceStart) = (piece, Position);
        return piece.AsMemory(0, count);
    }

    public void Skip(long count)
    {
        RequireLeft(count);
        Position += count;
    }

    public void GoTo(long place) => Position = place;

    private void RequireLeft(long count)
    {
        if (count > Left)
            throw DicomRefusals.Truncated($"{Left} bytes where {count} are announced", "a whole file");
    }
}
