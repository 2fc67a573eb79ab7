namespace Ivim.Imaging.Nifti;

/// <summary>Reads an image volume by volume, so that no more than one needs to be in memory.</summary>
/// <remarks>Not for several threads at once. A compressed file is read forwards; going back starts it again.</remarks>
public sealed class NiftiReader : IDisposable
{
    // Deflate cannot do better: one symbol of at least two bits gives at most 258 bytes.
    private const long GreatestCompression = 1032;
    private const long TrailingBytesTolerated = 16L << 20;
    private const int PieceBytes = 1 << 16;

    private readonly string _voxelPath;
    private readonly byte[] _piece = new byte[PieceBytes];
    private Stream? _voxels;
    private long _position;

    private NiftiReader(NiftiHeader header, string voxelPath) => (Header, _voxelPath) = (header, voxelPath);

    public NiftiHeader Header { get; }

    /// <exception cref="Physics.RefusalException">The file is missing, broken, of a kind that is not read, or too
    /// large.</exception>
    public static NiftiReader Open(string path, NiftiLimits? limits = null)
    {
        string headerPath = NiftiPaths.HeaderFile(path);
        var header = NiftiFile.ReadHeader(headerPath);
        string voxelPath = header.IsPair ? NiftiPaths.VoxelFile(headerPath) : headerPath;
        long memory = (limits ?? NiftiLimits.Default).MemoryBytes;
        if (header.Shape.VoxelsPerVolume > Math.Min(Array.MaxLength, memory / sizeof(float)))
            throw NiftiRefusals.TooLarge(
                $"a volume of {header.Shape.VoxelsPerVolume} voxels",
                $"at most {memory / sizeof(float)} in the memory allowed");
        var reader = new NiftiReader(header, voxelPath);
        try
        {
            reader.Rewind();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Reads volume <paramref name="index"/> with slope and intercept applied.</summary>
    /// <param name="voxels">Receives float32 [z, y, x], length = voxels of one volume.</param>
    public void ReadVolume(int index, Span<float> voxels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Header.Shape.Volumes);
        if (voxels.Length != Header.Shape.VoxelsPerVolume)
            throw new ArgumentException($"one volume has {Header.Shape.VoxelsPerVolume} voxels", nameof(voxels));
        int voxelBytes = Header.DataType.Bytes();
        MoveTo(Header.VoxelOffset + index * Header.Shape.VoxelsPerVolume * voxelBytes);
        for (int done = 0; done < voxels.Length;)
        {
            int count = Math.Min(voxels.Length - done, PieceBytes / voxelBytes);
            var piece = _piece.AsSpan(0, count * voxelBytes);
            if (ReadFully(piece) < piece.Length) throw EndsEarly();
            VoxelDecoder.Decode(Header, piece, voxels.Slice(done, count));
            done += count;
        }
    }

    /// <summary>Reads on to the end of the file, so that a compressed file's checksum is known to be right.</summary>
    public void VerifyEnd()
    {
        if (_voxels is FileStream) return;
        long end = Header.VoxelOffset + Header.VoxelBytes;
        MoveTo(Math.Max(end, _position));
        while (ReadFully(_piece) > 0)
            if (_position > end + TrailingBytesTolerated)
                throw NiftiRefusals.TooLarge("data that go on behind the last voxel",
                    "a file that ends with its voxels");
    }

    public void Dispose() => _voxels?.Dispose();

    /// <summary>Opens the voxel file and refuses one that cannot hold what the header promises.</summary>
    private void Rewind()
    {
        _voxels?.Dispose();
        _voxels = null;
        var file = NiftiPaths.Open(_voxelPath, "the image");
        bool zipped = NiftiFile.IsGzip(file);
        _voxels = file;
        _position = 0;
        long promised = Header.VoxelOffset + Header.VoxelBytes;
        long possible = zipped ? file.Length * GreatestCompression : file.Length;
        if (possible < promised)
            throw NiftiRefusals.Truncated($"a file of {file.Length} bytes", $"{promised} bytes of header and voxels");
        if (zipped) _voxels = new GzipMembers(file);
    }

    private void MoveTo(long target)
    {
        if (_voxels is FileStream file)
        {
            file.Position = target;
            _position = target;
            return;
        }
        if (target < _position) Rewind();
        while (_position < target)
        {
            var piece = _piece.AsSpan(0, (int)Math.Min(PieceBytes, target - _position));
            if (ReadFully(piece) < piece.Length) throw EndsEarly();
        }
    }

    private int ReadFully(Span<byte> piece)
    {
        int count = NiftiFile.ReadFully(_voxels!, piece);
        _position += count;
        return count;
    }

    private Physics.RefusalException EndsEarly() =>
        NiftiRefusals.Truncated($"the end of the voxels after {_position} bytes",
            $"{Header.VoxelOffset + Header.VoxelBytes}");
}
