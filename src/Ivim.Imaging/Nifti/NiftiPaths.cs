using Ivim.Physics;

namespace Ivim.Imaging.Nifti;

/// <summary>Finds the files of an image by the name of one of them, and opens them.</summary>
internal static class NiftiPaths
{
    private static readonly string[] Endings = [".nii.gz", ".nii", ".hdr.gz", ".hdr", ".img.gz", ".img"];

    /// <summary>The name without its image ending, or null if it has none.</summary>
    public static string? Stem(string path)
    {
        string? ending = Endings.FirstOrDefault(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        return ending is null ? null : path[..^ending.Length];
    }

    /// <summary>The file that holds the header: the given one, or the .hdr beside a given .img.</summary>
    public static string HeaderFile(string path) =>
        Is(path, ".img") ? Partner(path, ".hdr", "the .hdr beside the .img") : path;

    /// <summary>The file that holds the voxels of a pair.</summary>
    public static string VoxelFile(string headerPath)
    {
        if (!Is(headerPath, ".hdr"))
            throw NiftiRefusals.BadHeader("a header of a .hdr/.img pair in a file of another ending",
                "a .hdr file or a single file");
        return Partner(headerPath, ".img", "the .img beside the .hdr");
    }

    public static bool IsHeaderFile(string path) => Is(path, ".hdr");

    /// <summary>Opens a file that exists, is no folder and is not empty; a device or a pipe counts as empty.</summary>
    public static FileStream Open(string path, string role)
    {
        if (Directory.Exists(path))
            throw new RefusalException("FILE-IS-FOLDER", $"a folder for {role}", "a file", "give the file itself");
        if (!File.Exists(path))
            throw new RefusalException("FILE-MISSING", $"no {role}", "a file that exists", "check the path");
        if (new FileInfo(path).Length == 0)
            throw NiftiRefusals.Truncated($"0 bytes in {role}", "a header and voxels");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                "FILE-UNREADABLE", $"that {role} cannot be opened", "a readable file", "check its permissions", denied);
        }
    }

    private static bool Is(string path, string ending) =>
        path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(ending + ".gz", StringComparison.OrdinalIgnoreCase);

    private static string Partner(string path, string ending, string role)
    {
        bool zipped = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string stem = Stem(path)!;
        string[] candidates = zipped ? [stem + ending + ".gz", stem + ending] : [stem + ending, stem + ending + ".gz"];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new RefusalException("FILE-MISSING", $"no {role}", "both files of the pair",
                "put the other file beside it");
    }
}
