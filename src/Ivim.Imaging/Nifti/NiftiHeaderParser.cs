using System.Buffers.Binary;

namespace Ivim.Imaging.Nifti;

/// <summary>Turns the first bytes of a file into a checked header, or refuses them.</summary>
internal static class NiftiHeaderParser
{
    /// <summary>The longest header and the four bytes behind it that announce extensions.</summary>
    public const int BytesWanted = 544;

    /// <param name="start">The file's first bytes: up to <see cref="BytesWanted"/>, fewer if the file is
    /// shorter.</param>
    public static NiftiHeader Parse(ReadOnlySpan<byte> start)
    {
        var (version, bigEndian) = Recognise(start);
        if (start.Length < version.HeaderBytes())
            throw NiftiRefusals.Truncated($"{start.Length} bytes", $"a header of {version.HeaderBytes()} bytes");
        bool isPair = ReadMagic(version, start);
        var bytes = NiftiHeaderBytes.FromStored(version, bigEndian, start);
        CheckType(bytes);
        var shape = Shape(bytes);
        CheckOffset(bytes, isPair);
        Scaling(bytes);
        int announcement = version.HeaderBytes();
        bool extensions = start.Length > announcement && start[announcement] != 0;
        var header = new NiftiHeader(bytes, shape, isPair, bigEndian, extensions);
        if (!header.Affine.IsFinite) throw NiftiRefusals.BadHeader("an affine with NaN or infinity", "finite numbers");
        return header;
    }

    /// <summary>Slope and intercept as they are to be applied; slope 0 or NaN with no intercept of its own means
    /// none.</summary>
    public static (double Slope, double Intercept) Scaling(NiftiHeaderBytes bytes)
    {
        double slope = bytes.Real(NiftiFields.ScaleSlope), intercept = bytes.Real(NiftiFields.ScaleIntercept);
        if (slope == 0) return (1, 0);
        if (double.IsNaN(slope) && (double.IsNaN(intercept) || intercept == 0)) return (1, 0);
        if (!double.IsFinite(slope) || !double.IsFinite(intercept))
            throw NiftiRefusals.BadHeader("a scl_slope or scl_inter that is not finite",
                "finite numbers, or slope 0 for none");
        return (slope, intercept);
    }

    private static (NiftiVersion Version, bool BigEndian) Recognise(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4) throw NiftiRefusals.Truncated($"{start.Length} bytes", "a header of 348 or 540 bytes");
        return (BinaryPrimitives.ReadInt32LittleEndian(start), BinaryPrimitives.ReadInt32BigEndian(start)) switch
        {
            (348, _) => (NiftiVersion.One, false),
            (540, _) => (NiftiVersion.Two, false),
            (_, 348) => (NiftiVersion.One, true),
            (_, 540) => (NiftiVersion.Two, true),
            _ => throw NiftiRefusals.NotNifti("a file that does not begin with a header size of 348 or 540"),
        };
    }

    private static bool ReadMagic(NiftiVersion version, ReadOnlySpan<byte> start)
    {
        var magic = version == NiftiVersion.One ? start.Slice(344, 4) : start.Slice(4, 8);
        if (version == NiftiVersion.One)
        {
            if (magic.SequenceEqual("n+1\0"u8)) return false;
            if (magic.SequenceEqual("ni1\0"u8)) return true;
            throw NiftiRefusals.Analyze();
        }
        if (magic.SequenceEqual("n+2\0\r\n\x1a\n"u8)) return false;
        if (magic.SequenceEqual("ni2\0\r\n\x1a\n"u8)) return true;
        throw NiftiRefusals.NotNifti("a header size of 540 without the NIfTI-2 signature");
    }

    private static void CheckType(NiftiHeaderBytes bytes)
    {
        long code = bytes.Integer(NiftiFields.DataType);
        if (!Enum.IsDefined((NiftiDataType)code)) throw NiftiRefusals.DataType(code);
        long bits = bytes.Integer(NiftiFields.BitsPerVoxel);
        int expected = ((NiftiDataType)code).Bytes() * 8;
        if (bits != expected) throw NiftiRefusals.BadHeader($"bitpix {bits}", $"{expected} for voxel type code {code}");
    }

    private static ImageShape Shape(NiftiHeaderBytes bytes)
    {
        long count = bytes.Integer(NiftiFields.Dim);
        if (count is < 1 or > 7) throw NiftiRefusals.BadHeader($"dim[0] = {count}", "1 to 7 dimensions");
        var size = new int[4];
        for (int axis = 1; axis <= 7; axis++)
        {
            long length = axis <= count ? bytes.Integer(NiftiFields.Dim, axis) : 1;
            if (length is < 1 or > int.MaxValue)
                throw NiftiRefusals.BadHeader($"dim[{axis}] = {length}", $"1 to {int.MaxValue}");
            if (axis <= 4) size[axis - 1] = (int)length;
            else if (length > 1) throw NiftiRefusals.Dimensions($"dim[{axis}] = {length}");
        }
        // At most 8 bytes a voxel: below this bound no later product of lengths overflows 64 bits.
        if ((double)size[0] * size[1] * size[2] * size[3] > long.MaxValue / 16)
            throw NiftiRefusals.TooLarge("more voxels than 64 bits can count", "an image that fits in memory");
        return new ImageShape(size[0], size[1], size[2], size[3]);
    }

    private static void CheckOffset(NiftiHeaderBytes bytes, bool isPair)
    {
        double offset = bytes.Real(NiftiFields.VoxelOffset);
        int least = isPair ? 0 : bytes.Version.SingleFileOffset();
        if (!(offset >= least && offset <= long.MaxValue / 16) || offset != Math.Floor(offset))
            throw NiftiRefusals.BadHeader("an impossible vox_offset", $"a whole number of at least {least}");
    }
}
