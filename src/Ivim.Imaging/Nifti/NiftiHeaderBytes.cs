using System.Buffers.Binary;

namespace Ivim.Imaging.Nifti;

/// <summary>The bytes of one header in little-endian order, read and written through the field table.</summary>
internal sealed class NiftiHeaderBytes
{
    private readonly byte[] _bytes;

    public NiftiHeaderBytes(NiftiVersion version)
        : this(version, new byte[version.HeaderBytes()])
    {
    }

    private NiftiHeaderBytes(NiftiVersion version, byte[] bytes) => (Version, _bytes) = (version, bytes);

    public NiftiVersion Version { get; }

    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>A copy of stored bytes; big-endian numbers are turned round once, here.</summary>
    public static NiftiHeaderBytes FromStored(NiftiVersion version, bool bigEndian, ReadOnlySpan<byte> stored)
    {
        var bytes = stored[..version.HeaderBytes()].ToArray();
        if (bigEndian)
            foreach (var field in NiftiFields.All) Reverse(bytes, field.In(version), field.Count);
        return new NiftiHeaderBytes(version, bytes);
    }

    public long Integer(NiftiField field, int index = 0)
    {
        var at = Place(field, index);
        return field.In(Version).Kind switch
        {
            NiftiNumber.Whole8 => at[0],
            NiftiNumber.Whole16 => BinaryPrimitives.ReadInt16LittleEndian(at),
            NiftiNumber.Whole32 => BinaryPrimitives.ReadInt32LittleEndian(at),
            NiftiNumber.Whole64 => BinaryPrimitives.ReadInt64LittleEndian(at),
            _ => throw new ArgumentException("a real number", nameof(field)),
        };
    }

    public double Real(NiftiField field, int index = 0)
    {
        var at = Place(field, index);
        return field.In(Version).Kind switch
        {
            NiftiNumber.Real32 => BinaryPrimitives.ReadSingleLittleEndian(at),
            NiftiNumber.Real64 => BinaryPrimitives.ReadDoubleLittleEndian(at),
            _ => Integer(field, index),
        };
    }

    public void Set(NiftiField field, int index, double value)
    {
        var at = Place(field, index);
        switch (field.In(Version).Kind)
        {
            case NiftiNumber.Whole8: at[0] = (byte)value; break;
            case NiftiNumber.Whole16: BinaryPrimitives.WriteInt16LittleEndian(at, (short)value); break;
            case NiftiNumber.Whole32: BinaryPrimitives.WriteInt32LittleEndian(at, (int)value); break;
            case NiftiNumber.Whole64: BinaryPrimitives.WriteInt64LittleEndian(at, (long)value); break;
            case NiftiNumber.Real32: BinaryPrimitives.WriteSingleLittleEndian(at, (float)value); break;
            default: BinaryPrimitives.WriteDoubleLittleEndian(at, value); break;
        }
    }

    public void Set(NiftiField field, double value) => Set(field, 0, value);

    public void CopyFrom(NiftiHeaderBytes other, NiftiField field)
    {
        var slot = field.In(Version);
        int bytes = slot.Bytes * field.Count;
        other._bytes.AsSpan(slot.Offset, bytes).CopyTo(_bytes.AsSpan(slot.Offset, bytes));
    }

    public bool SameBits(NiftiHeaderBytes other, NiftiField field)
    {
        var slot = field.In(Version);
        int bytes = slot.Bytes * field.Count;
        return _bytes.AsSpan(slot.Offset, bytes).SequenceEqual(other._bytes.AsSpan(slot.Offset, bytes));
    }

    public void SetMagic(ReadOnlySpan<byte> magic) =>
        magic.CopyTo(_bytes.AsSpan(Version == NiftiVersion.One ? 344 : 4));

    private Span<byte> Place(NiftiField field, int index)
    {
        var slot = field.In(Version);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, field.Count);
        return _bytes.AsSpan(slot.Offset + index * slot.Bytes, slot.Bytes);
    }

    private static void Reverse(byte[] bytes, NiftiSlot slot, int count)
    {
        if (slot.Offset < 0) return;
        for (int i = 0; i < count; i++) bytes.AsSpan(slot.Offset + i * slot.Bytes, slot.Bytes).Reverse();
    }
}
