using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ivim.Imaging.Volumes;

/// <summary>The name of an image's content: two maps are equal if and only if their voxels' SHA-256 is.</summary>
public static class VoxelHash
{
    /// <returns>SHA-256 over the float32 voxels in little-endian order, 64 lower-case hexadecimal digits.</returns>
    public static string Of(ReadOnlySpan<float> voxels)
    {
        const int PieceVoxels = 1 << 14;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceVoxels * sizeof(float)];
        for (int done = 0; done < voxels.Length; done += PieceVoxels)
        {
            int count = Math.Min(PieceVoxels, voxels.Length - done);
            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteSingleLittleEndian(piece.AsSpan(i * sizeof(float)), voxels[done + i]);
            hash.AppendData(piece, 0, count * sizeof(float));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
