using System.Buffers.Binary;
using System.IO.Compression;

namespace Ivim.Imaging.Nifti;

/// <summary>Writes images whose bytes depend on header and voxels alone: no time, no file name, one compression
/// level.</summary>
public static class NiftiWriter
{
    private const int Level = 6;
    private const int PieceBytes = 1 << 16;

    /// <summary>Writes a single-file float32 image with the geometry of another.</summary>
    /// <param name="voxels">float32 [volume, z, y, x], length = voxels of <paramref name="shape"/>.</param>
    public static void Write(
        Stream stream, NiftiHeader geometryFrom, ImageShape shape, ReadOnlySpan<float> voxels, bool compressed = true)
    {
        CheckLength(shape, voxels.Length);
        Single(stream, geometryFrom.ForOutput(shape, NiftiDataType.Real32), voxels, compressed);
    }

    /// <summary>Writes a single-file uint8 image, a mask or labels, with the geometry of another.</summary>
    public static void Write(
        Stream stream, NiftiHeader geometryFrom, ImageShape shape, ReadOnlySpan<byte> voxels, bool compressed = true)
    {
        CheckLength(shape, voxels.Length);
        var header = geometryFrom.ForOutput(shape, NiftiDataType.Unsigned8);
        using Stream? target = Compression(stream, compressed);
        Head(target ?? stream, header);
        (target ?? stream).Write(voxels);
    }

    /// <summary>Writes a float32 image to a file; its ending (.nii, .hdr or .img, with or without .gz) chooses the
    /// form.</summary>
    /// <remarks>Each file is written under a temporary name beside its place, flushed and renamed.</remarks>
    public static void WriteFile(string path, NiftiHeader geometryFrom, ImageShape shape, ReadOnlySpan<float> voxels)
    {
        CheckLength(shape, voxels.Length);
        bool compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string stem = NiftiPaths.Stem(path)
            ?? throw new ArgumentException("not the name of a NIfTI file", nameof(path));
        string ending = compressed ? ".gz" : "";
        if (path.StartsWith(stem + ".nii", StringComparison.OrdinalIgnoreCase))
        {
            using var file = new RenamedFile(path);
            Write(file.Stream, geometryFrom, shape, voxels, compressed);
            file.Finish();
            return;
        }
        using var image = new RenamedFile(stem + ".img" + ending);
        using (Stream? target = Compression(image.Stream, compressed)) Body(target ?? image.Stream, voxels);
        using var head = new RenamedFile(stem + ".hdr" + ending);
        using (Stream? target = Compression(head.Stream, compressed))
            Head(target ?? head.Stream, geometryFrom.ForOutput(shape, NiftiDataType.Real32, asPair: true));
        image.Finish();
        head.Finish();
    }

    private static void Single(Stream stream, NiftiHeader header, ReadOnlySpan<float> voxels, bool compressed)
    {
        using Stream? target = Compression(stream, compressed);
        Head(target ?? stream, header);
        Body(target ?? stream, voxels);
    }

    private static GZipStream? Compression(Stream stream, bool compressed) => compressed
        ? new GZipStream(stream, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true)
        : null;

    private static void Head(Stream target, NiftiHeader header)
    {
        target.Write(header.ToBytes());
        target.Write("\0\0\0\0"u8);
    }

    private static void Body(Stream target, ReadOnlySpan<float> voxels)
    {
        var piece = new byte[PieceBytes];
        for (int done = 0; done < voxels.Length; done += PieceBytes / sizeof(float))
        {
            int count = Math.Min(voxels.Length - done, PieceBytes / sizeof(float));
            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteSingleLittleEndian(piece.AsSpan(i * sizeof(float)), voxels[done + i]);
            target.Write(piece, 0, count * sizeof(float));
        }
    }

    private static void CheckLength(ImageShape shape, int length)
    {
        if (shape.Voxels != length)
            throw new ArgumentException($"{length} voxels are no image of {shape}", nameof(length));
    }
}
