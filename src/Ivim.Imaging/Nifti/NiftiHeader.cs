namespace Ivim.Imaging.Nifti;

/// <summary>A checked NIfTI header: shape, voxel type, scaling, and the geometry fields exactly as they were
/// stored.</summary>
public sealed class NiftiHeader : IEquatable<NiftiHeader>
{
    private readonly NiftiHeaderBytes _bytes;

    internal NiftiHeader(NiftiHeaderBytes bytes, ImageShape shape, bool isPair, bool storedBigEndian,
        bool extensionsDropped)
    {
        _bytes = bytes;
        Shape = shape;
        IsPair = isPair;
        StoredBigEndian = storedBigEndian;
        ExtensionsDropped = extensionsDropped;
        Affine = NiftiOrientation.Effective(bytes);
        (ScaleSlope, ScaleIntercept) = NiftiHeaderParser.Scaling(bytes);
    }

    public NiftiVersion Version => _bytes.Version;

    public ImageShape Shape { get; }

    public NiftiDataType DataType => (NiftiDataType)_bytes.Integer(NiftiFields.DataType);

    /// <summary>True if the voxels are in an .img file of their own.</summary>
    public bool IsPair { get; }

    public bool StoredBigEndian { get; }

    /// <summary>True if the input carries header extensions: they are not read and not written.</summary>
    public bool ExtensionsDropped { get; }

    /// <summary>Stored value x slope + intercept = voxel value; 1 and 0 where the header asks for no scaling.</summary>
    public double ScaleSlope { get; }

    public double ScaleIntercept { get; }

    /// <summary>Bytes before the first voxel in the file that holds the voxels.</summary>
    public long VoxelOffset => (long)_bytes.Real(NiftiFields.VoxelOffset);

    public long VoxelBytes => Shape.Voxels * DataType.Bytes();

    /// <summary>The affine that counts: sform, else qform, else the voxel sizes alone.</summary>
    public AffineMatrix Affine { get; }

    public AffineMatrix QForm => NiftiOrientation.QForm(_bytes);

    public AffineMatrix SForm => NiftiOrientation.SForm(_bytes);

    public int QFormCode => (int)_bytes.Integer(NiftiFields.QFormCode);

    public int SFormCode => (int)_bytes.Integer(NiftiFields.SFormCode);

    /// <summary>The xyzt_units field: spatial unit in bits 0-2, unit of time in bits 3-5.</summary>
    public int Units => (int)_bytes.Integer(NiftiFields.Units);

    /// <summary>The pixdim field, entries 0 to 7, in the units of <see cref="Units"/>.</summary>
    public double PixDim(int index) => _bytes.Real(NiftiFields.PixDim, index);

    /// <summary>The header in little-endian bytes, to be kept beside voxels and given to
    /// <see cref="FromBytes"/>.</summary>
    public byte[] ToBytes() => _bytes.Span.ToArray();

    /// <exception cref="Physics.RefusalException">The bytes are no usable header.</exception>
    public static NiftiHeader FromBytes(ReadOnlySpan<byte> bytes) => NiftiHeaderParser.Parse(bytes);

    /// <summary>A header for a new image: the geometry fields bit for bit, nothing else of this one.</summary>
    public NiftiHeader ForOutput(ImageShape shape, NiftiDataType type, bool asPair = false)
    {
        if (shape.Volumes < 1 || shape.OneVolume != Shape.OneVolume)
            throw new ArgumentException($"an image of {shape} has not the geometry of {Shape}", nameof(shape));
        var bytes = new NiftiHeaderBytes(Version);
        foreach (var field in NiftiFields.All.Where(field => field.Role == NiftiRole.Geometry))
            bytes.CopyFrom(_bytes, field);
        NiftiStorage.Describe(bytes, shape, type, asPair);
        return new NiftiHeader(bytes, shape, asPair, storedBigEndian: false, extensionsDropped: false);
    }

    /// <summary>True if both images have the same voxel grid and every geometry field has the same bits.</summary>
    public bool SameGeometryFields(NiftiHeader other) =>
        Version == other.Version
        && Shape.OneVolume == other.Shape.OneVolume
        && NiftiFields.All.Where(field => field.Role == NiftiRole.Geometry)
            .All(field => _bytes.SameBits(other._bytes, field));

    public bool Equals(NiftiHeader? other) => other is not null && _bytes.Span.SequenceEqual(other._bytes.Span);

    public override bool Equals(object? obj) => Equals(obj as NiftiHeader);

    public override int GetHashCode() => HashCode.Combine(Version, Shape, DataType, Affine);
}
