using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The files that an input names: those of a folder and its folders, those that a DICOMDIR lists, or one.
/// </summary>
public static class DicomFolder
{
    public const string DirectoryName = "DICOMDIR";

    private const int MostFiles = 200_000;

    private static readonly DicomTag Records = new(0x0004, 0x1220), FileName = new(0x0004, 0x1500);

    // Links are not followed: they can lead out of the folder, and round in circles.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <returns>Full paths; their order does not depend on the disk.</returns>
    /// <exception cref="RefusalException">FILE-MISSING, FILE-UNREADABLE, DICOM-TOO-MANY-FILES or DICOM-DIRECTORY.
    /// </exception>
    public static IReadOnlyList<string> FilesOf(string path, IDicomReader reader)
    {
        if (Directory.Exists(path)) return Under(Path.GetFullPath(path));
        if (!File.Exists(path))
            throw new RefusalException("FILE-MISSING", "no input", "a folder or a file", "check the path");
        return Path.GetFileName(path).Equals(DirectoryName, StringComparison.OrdinalIgnoreCase)
            ? Listed(Path.GetFullPath(path), reader)
            : [Path.GetFullPath(path)];
    }

    /// <summary>Whether a folder holds any object, or anything that looks like a damaged one.</summary>
    public static bool HasObjects(string folder, IDicomReader reader) =>
        Under(Path.GetFullPath(folder)).Any(file => IsObject(file, reader));

    /// <summary>Whether a file is an object, or looks like a damaged one.</summary>
    public static bool IsObject(string file, IDicomReader reader)
    {
        try
        {
            reader.Read(file);
            return true;
        }
        catch (RefusalException refusal)
        {
            return refusal.Code != SeriesCatalog.NotDicom;
        }
    }

    private static string[] Under(string folder)
    {
        try
        {
            string[] files = [.. Directory.EnumerateFiles(folder, "*", Everything).Take(MostFiles + 1)];
            if (files.Length > MostFiles) throw TooMany();
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("FILE-UNREADABLE", "a folder that cannot be listed", "a readable folder",
                "check its permissions", denied);
        }
    }

    private static string[] Listed(string directory, IDicomReader reader)
    {
        string folder = Path.GetDirectoryName(directory)!;
        var records = reader.Read(directory).Dataset.Items(Records);
        if (records.Count > MostFiles) throw TooMany();
        string[] files = [.. records.Select(record => record.Texts(FileName)).Where(parts => parts.Count > 0)
            .Select(parts => Inside(folder, parts)).Distinct().Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw Misleading("no files", "the files of the medium");
        return files;
    }

    /// <summary>File IDs are names of folders and a file, each without any path of its own (PS3.10 8.2).</summary>
    private static string Inside(string folder, IReadOnlyList<string> parts)
    {
        string path = folder;
        foreach (string part in parts)
        {
            if (part.Length is 0 or > 255 || part is "." or ".." || part.AsSpan().IndexOfAny("/\\:\0") >= 0)
                throw Misleading("the name of a file that leads elsewhere", "names of files in its folder");
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                throw Misleading("a link in the place of a file or folder", "files in its folder");
        }
        return File.Exists(path) ? path : throw Misleading("a file named that is not there", "all of its files");
    }

    private static RefusalException Misleading(string found, string expected) =>
        new("DICOM-DIRECTORY", $"a DICOMDIR with {found}", expected, "give the folder of the images instead");

    private static RefusalException TooMany() => new("DICOM-TOO-MANY-FILES", $"more than {MostFiles} files",
        "the folder of one study", "name the folder of the series");
}
