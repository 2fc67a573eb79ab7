using static Ivim.Imaging.Nifti.NiftiNumber;
using static Ivim.Imaging.Nifti.NiftiRole;

namespace Ivim.Imaging.Nifti;

/// <summary>The header as a table: every field of NIfTI-1 and NIfTI-2 with its place, its type and its fate on
/// output.</summary>
/// <remarks>Source: nifti1.h (Cox et al. 2004) and nifti2.h (2011), nifti.nimh.nih.gov.</remarks>
internal static class NiftiFields
{
    public static readonly NiftiField HeaderSize = Row("sizeof_hdr", 1, Storage, 0, Whole32, 0, Whole32);
    public static readonly NiftiField DimInfo = Row("dim_info", 1, Geometry, 39, Whole8, 524, Whole8);
    public static readonly NiftiField Dim = Row("dim", 8, Storage, 40, Whole16, 16, Whole64);
    public static readonly NiftiField DataType = Row("datatype", 1, Storage, 70, Whole16, 12, Whole16);
    public static readonly NiftiField BitsPerVoxel = Row("bitpix", 1, Storage, 72, Whole16, 14, Whole16);
    public static readonly NiftiField PixDim = Row("pixdim", 8, Geometry, 76, Real32, 104, Real64);
    public static readonly NiftiField VoxelOffset = Row("vox_offset", 1, Storage, 108, Real32, 168, Whole64);
    public static readonly NiftiField ScaleSlope = Row("scl_slope", 1, Storage, 112, Real32, 176, Real64);
    public static readonly NiftiField ScaleIntercept = Row("scl_inter", 1, Storage, 116, Real32, 184, Real64);
    public static readonly NiftiField Units = Row("xyzt_units", 1, Geometry, 123, Whole8, 500, Whole32);
    public static readonly NiftiField QFormCode = Row("qform_code", 1, Geometry, 252, Whole16, 344, Whole32);
    public static readonly NiftiField SFormCode = Row("sform_code", 1, Geometry, 254, Whole16, 348, Whole32);
    public static readonly NiftiField Quaternion = Row("quatern", 3, Geometry, 256, Real32, 352, Real64);
    public static readonly NiftiField QOffset = Row("qoffset", 3, Geometry, 268, Real32, 376, Real64);
    public static readonly NiftiField SRow = Row("srow", 12, Geometry, 280, Real32, 400, Real64);

    /// <summary>Every row. Together they cover each byte that holds a number of more than one byte, so that byte order
    /// is one loop.</summary>
    public static readonly NiftiField[] All =
    [
        HeaderSize, DimInfo, Dim, DataType, BitsPerVoxel, PixDim, VoxelOffset, ScaleSlope, ScaleIntercept, Units,
        QFormCode, SFormCode, Quaternion, QOffset, SRow,
        Row("extents", 1, Dropped, 32, Whole32, -1, Whole32),
        Row("session_error", 1, Dropped, 36, Whole16, -1, Whole16),
        Row("intent_p", 3, Dropped, 56, Real32, 80, Real64),
        Row("intent_code", 1, Dropped, 68, Whole16, 504, Whole32),
        Row("slice_start", 1, Dropped, 74, Whole16, 224, Whole64),
        Row("slice_end", 1, Dropped, 120, Whole16, 232, Whole64),
        Row("slice_code", 1, Dropped, 122, Whole8, 496, Whole32),
        Row("cal_max", 1, Dropped, 124, Real32, 192, Real64),
        Row("cal_min", 1, Dropped, 128, Real32, 200, Real64),
        Row("slice_duration", 1, Dropped, 132, Real32, 208, Real64),
        Row("toffset", 1, Dropped, 136, Real32, 216, Real64),
        Row("glmax", 1, Dropped, 140, Whole32, -1, Whole32),
        Row("glmin", 1, Dropped, 144, Whole32, -1, Whole32),
    ];

    private static NiftiField Row(
        string name,
        int count,
        NiftiRole role,
        int offsetOne,
        NiftiNumber kindOne,
        int offsetTwo,
        NiftiNumber kindTwo) =>
        new(name, count, role, new NiftiSlot(offsetOne, kindOne), new NiftiSlot(offsetTwo, kindTwo));
}
