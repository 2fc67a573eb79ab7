using Ivim.Physics;

namespace Ivim.Imaging.Nifti;

/// <summary>Reads .nii, .nii.gz and .hdr/.img images; whether a file is compressed is seen from its bytes, not its
/// name.</summary>
public static class NiftiFile
{
    /// <summary>The files that hold an image: one, or header and voxels of a pair.</summary>
    /// <exception cref="RefusalException">FILE-MISSING: half of a pair is not there.</exception>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        var header = NiftiPaths.HeaderFile(path);
        return NiftiPaths.IsHeaderFile(header) ? [header, NiftiPaths.VoxelFile(header)] : [header];
    }

    /// <exception cref="RefusalException">The file is missing or holds no usable header.</exception>
    public static NiftiHeader ReadHeader(string path)
    {
        using var file = NiftiPaths.Open(NiftiPaths.HeaderFile(path), "the image");
        var start = new byte[NiftiHeaderParser.BytesWanted];
        if (!IsGzip(file)) return NiftiHeaderParser.Parse(start.AsSpan(0, ReadFully(file, start)));
        using var members = new GzipMembers(file);
        return NiftiHeaderParser.Parse(start.AsSpan(0, ReadFully(members, start)));
    }

    /// <summary>Reads a whole image.</summary>
    /// <param name="limits">What the voxels may take in memory; half of the memory of this process if null.</param>
    /// <exception cref="RefusalException">The file is missing, broken, of a kind that is not read, or too
    /// large.</exception>
    public static NiftiImage Read(string path, NiftiLimits? limits = null)
    {
        using var reader = NiftiReader.Open(path, limits);
        var shape = reader.Header.Shape;
        long allowed = Math.Min(Array.MaxLength, (limits ?? NiftiLimits.Default).MemoryBytes / sizeof(float));
        if (shape.Voxels > allowed)
            throw NiftiRefusals.TooLarge($"{shape.Voxels} voxels", $"at most {allowed} in the memory allowed");
        var voxels = new float[shape.Voxels];
        int length = (int)shape.VoxelsPerVolume;
        for (int volume = 0; volume < shape.Volumes; volume++)
            reader.ReadVolume(volume, voxels.AsSpan(volume * length, length));
        reader.VerifyEnd();
        return new NiftiImage(reader.Header, voxels);
    }

    internal static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[3];
        int count = ReadFully(file, start);
        file.Position = 0;
        return GzipHeader.Begins(start[..count]);
    }

    internal static int ReadFully(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (IOException broken)
        {
            throw new RefusalException("FILE-UNREADABLE", "an image that stops being readable", "a readable file",
                "check the disk or the network share", broken);
        }
    }
}
