using System.Numerics;
using System.Runtime.InteropServices;

namespace Ivim.Imaging.Nifti;

/// <summary>Stored voxels to float32: byte order, type, slope and intercept.</summary>
internal static class VoxelDecoder
{
    /// <param name="stored">Raw voxels; their byte order is turned round in place if need be.</param>
    /// <param name="voxels">Receives value x slope + intercept, computed in double.</param>
    public static void Decode(NiftiHeader header, Span<byte> stored, Span<float> voxels)
    {
        int bytes = header.DataType.Bytes();
        if (header.StoredBigEndian && bytes > 1)
            for (int at = 0; at < stored.Length; at += bytes) stored.Slice(at, bytes).Reverse();
        switch (header.DataType)
        {
            case NiftiDataType.Unsigned8: Scale<byte>(header, stored, voxels); break;
            case NiftiDataType.Signed8: Scale<sbyte>(header, stored, voxels); break;
            case NiftiDataType.Signed16: Scale<short>(header, stored, voxels); break;
            case NiftiDataType.Unsigned16: Scale<ushort>(header, stored, voxels); break;
            case NiftiDataType.Signed32: Scale<int>(header, stored, voxels); break;
            case NiftiDataType.Unsigned32: Scale<uint>(header, stored, voxels); break;
            case NiftiDataType.Signed64: Scale<long>(header, stored, voxels); break;
            case NiftiDataType.Unsigned64: Scale<ulong>(header, stored, voxels); break;
            // Unscaled float32 is copied, so that every bit of a NaN stays too.
            case NiftiDataType.Real32 when header is { ScaleSlope: 1, ScaleIntercept: 0 }:
                stored.CopyTo(MemoryMarshal.AsBytes(voxels));
                break;
            case NiftiDataType.Real32: Scale<float>(header, stored, voxels); break;
            default: Scale<double>(header, stored, voxels); break;
        }
    }

    private static void Scale<T>(NiftiHeader header, ReadOnlySpan<byte> stored, Span<float> voxels)
        where T : unmanaged, INumberBase<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(stored);
        double slope = header.ScaleSlope, intercept = header.ScaleIntercept;
        for (int i = 0; i < voxels.Length; i++)
            voxels[i] = (float)(double.CreateTruncating(values[i]) * slope + intercept);
    }
}
