namespace Ivim.Imaging.Nifti;

/// <summary>The voxel types that are read, by their NIfTI codes: every real type up to 64 bits.</summary>
public enum NiftiDataType
{
    Unsigned8 = 2,
    Signed16 = 4,
    Signed32 = 8,
    Real32 = 16,
    Real64 = 64,
    Signed8 = 256,
    Unsigned16 = 512,
    Unsigned32 = 768,
    Signed64 = 1024,
    Unsigned64 = 1280,
}

internal static class NiftiDataTypes
{
    public static int Bytes(this NiftiDataType type) => type switch
    {
        NiftiDataType.Unsigned8 or NiftiDataType.Signed8 => 1,
        NiftiDataType.Signed16 or NiftiDataType.Unsigned16 => 2,
        NiftiDataType.Signed32 or NiftiDataType.Unsigned32 or NiftiDataType.Real32 => 4,
        NiftiDataType.Real64 or NiftiDataType.Signed64 or NiftiDataType.Unsigned64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type that is read"),
    };
}
