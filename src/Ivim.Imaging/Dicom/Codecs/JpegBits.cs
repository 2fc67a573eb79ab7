namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>The bits of an entropy-coded JPEG segment (ITU-T T.81 F.2.2.5), up to the next marker.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data, int position)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = position;
    private uint _bits;
    private int _count;

    public uint Take(int count)
    {
        uint taken = Look(count);
        Drop(count);
        return taken;
    }

    /// <summary>The bits that come, zeros behind the last one.</summary>
    public uint Look(int count)
    {
        while (_count < count && NextByte() is { } next)
        {
            _bits = _bits << 8 | next;
            _count += 8;
        }
        uint bits = _count >= count ? _bits >> (_count - count) : _bits << (count - _count);
        return bits & ((1u << count) - 1);
    }

    public void Drop(int count)
    {
        if (count > _count) throw DicomRefusals.CorruptPixels("JPEG data that end early");
        _count -= count;
    }

    /// <summary>Goes behind the restart marker that has to come next.</summary>
    public void Restart(int number)
    {
        if (_position + 2 > _data.Length || _data[_position] != 0xFF || _data[_position + 1] != 0xD0 + (number & 7))
            throw DicomRefusals.CorruptPixels("JPEG data without a restart marker where one has to be");
        _position += 2;
        _count = 0;
    }

    private byte? NextByte()
    {
        if (_position >= _data.Length) return null;
        byte next = _data[_position];
        if (next == 0xFF)
        {
            // A marker ends the segment; a byte of ones is followed by a zero to tell it from one.
            if (_position + 1 >= _data.Length || _data[_position + 1] != 0) return null;
            _position++;
        }
        _position++;
        return next;
    }
}
