namespace Ivim.Imaging.Nifti;

/// <summary>The checksum of gzip (RFC 1952, section 8), eight bytes at a time.</summary>
internal struct Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    private uint _state;

    public readonly uint Value => _state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_state;
        int at = 0;
        for (; at + 8 <= bytes.Length; at += 8)
        {
            uint low = crc ^ BitConverter.ToUInt32(bytes[at..]);
            uint high = BitConverter.ToUInt32(bytes[(at + 4)..]);
            crc = Tables[7][low & 255] ^ Tables[6][low >> 8 & 255] ^ Tables[5][low >> 16 & 255] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 255] ^ Tables[2][high >> 8 & 255]
                ^ Tables[1][high >> 16 & 255] ^ Tables[0][high >> 24];
        }
        for (; at < bytes.Length; at++) crc = crc >> 8 ^ Tables[0][(crc ^ bytes[at]) & 255];
        _state = ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int t = 0; t < 8; t++) tables[t] = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint value = n;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xEDB88320u;
            tables[0][n] = value;
        }
        for (int t = 1; t < 8; t++)
            for (int n = 0; n < 256; n++) tables[t][n] = tables[t - 1][n] >> 8 ^ tables[0][tables[t - 1][n] & 255];
        return tables;
    }
}
