namespace Ivim.Imaging.Nifti;

/// <summary>Fills the fields that say how voxels are stored.</summary>
internal static class NiftiStorage
{
    public static void Describe(NiftiHeaderBytes bytes, ImageShape shape, NiftiDataType type, bool asPair)
    {
        bool one = bytes.Version == NiftiVersion.One;
        bytes.Set(NiftiFields.HeaderSize, bytes.Version.HeaderBytes());
        int[] dim = [shape.Volumes > 1 ? 4 : 3, shape.Width, shape.Height, shape.Slices, shape.Volumes, 1, 1, 1];
        for (int i = 0; i < dim.Length; i++) bytes.Set(NiftiFields.Dim, i, dim[i]);
        bytes.Set(NiftiFields.DataType, (int)type);
        bytes.Set(NiftiFields.BitsPerVoxel, type.Bytes() * 8);
        bytes.Set(NiftiFields.VoxelOffset, asPair ? 0 : bytes.Version.SingleFileOffset());
        bytes.Set(NiftiFields.ScaleSlope, 1);
        bytes.Set(NiftiFields.ScaleIntercept, 0);
        bytes.SetMagic((one, asPair) switch
        {
            (true, false) => "n+1\0"u8,
            (true, true) => "ni1\0"u8,
            (false, false) => "n+2\0\r\n\x1a\n"u8,
            (false, true) => "ni2\0\r\n\x1a\n"u8,
        });
    }
}
