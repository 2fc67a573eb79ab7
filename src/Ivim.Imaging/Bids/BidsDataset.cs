using System.Collections.Immutable;
using Ivim.Imaging.Gradients;
using Ivim.Physics;

namespace Ivim.Imaging.Bids;

/// <summary>One diffusion image of a dataset, with the gradient files that apply to it.</summary>
/// <param name="MaskPath">Of a preprocessed image: the brain mask beside it. Null if there is none.</param>
public sealed record BidsSeries(string ImagePath, BidsName Name, SideCars SideCars, string? MaskPath = null)
{
    /// <exception cref="RefusalException">BIDS-FOLDER-MISMATCH.</exception>
    public void RequireItsFolder()
    {
        string[] folders = [.. Path.GetFullPath(ImagePath).Split('/').SkipLast(2).TakeLast(2)];
        bool isAtHome = Name.Session is { } session
            ? folders[0] == "sub-" + Name.Subject && folders[1] == "ses-" + session
            : folders[1] == "sub-" + Name.Subject;
        if (!isAtHome)
            throw new RefusalException("BIDS-FOLDER-MISMATCH",
                "a diffusion image whose name tells another subject or session than its folder",
                "sub-X/[ses-Y/]dwi/sub-X[_ses-Y]_..._dwi.nii.gz", "find out whose it is, and rename or move it");
    }
}

/// <summary>Finds the diffusion images of a BIDS dataset.</summary>
public static class BidsDataset
{
    /// <summary>Every sub-*/[ses-*/]dwi/*_dwi.nii[.gz] that .bidsignore does not name, sorted by path.</summary>
    public static ImmutableArray<BidsSeries> Find(string root) => Find(root, BidsIgnore.Of(root));

    private static ImmutableArray<BidsSeries> Find(string root, BidsIgnore ignore) =>
    [
        .. Folders(root, "sub-*").SelectMany(subject => Folders(subject, "ses-*").Prepend(subject))
            .Select(folder => Path.Combine(folder, "dwi"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Where(path => IsImage(path) && !ignore.Covers(Path.GetRelativePath(root, path)))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Name: BidsName.FromFile(path)))
            .Where(found => found.Name is { Suffix: "dwi" })
            .Select(found => new BidsSeries(found.Path, found.Name!, Inherited(root, found.Path, found.Name!),
                BrainMask(found.Path, found.Name!))),
    ];

    /// <summary>As QSIPrep names it: the entities of the image, desc-brain in the place of desc-preproc.</summary>
    private static string? BrainMask(string imagePath, BidsName image)
    {
        if (image.Label("desc") is null) return null;
        string stem = string.Join('_', image.Entities.Where(entity => entity.Key != "desc")
            .Select(entity => $"{entity.Key}-{entity.Label}").Append("desc-brain").Append("mask"));
        string folder = Path.GetDirectoryName(imagePath)!;
        return ((string[])[".nii.gz", ".nii"]).Select(ending => Path.Combine(folder, stem + ending))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The inheritance principle: the nearest file, from the image's folder up, whose entities all apply to
    /// the image.</summary>
    private static SideCars Inherited(string root, string imagePath, BidsName image) =>
        new(Nearest(root, imagePath, image, ".bval"), Nearest(root, imagePath, image, ".bvec"));

    private static string? Nearest(string root, string imagePath, BidsName image, string ending)
    {
        string top = Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar);
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(imagePath)); folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            string? match = Directory.EnumerateFiles(folder, "*" + ending)
                .Where(path => Applies(Path.GetFileNameWithoutExtension(path), image))
                .OrderByDescending(path => Path.GetFileName(path).Length)
                .ThenBy(path => path, StringComparer.Ordinal)
                .FirstOrDefault();
            if (match is not null || folder == top) return match;
        }
        return null;
    }

    private static bool Applies(string stem, BidsName image)
    {
        string[] words = stem.Split('_');
        return words[^1] == image.Suffix
            && words[..^1].All(word => word.Split('-') is [var key, var label] && image.Label(key) == label);
    }

    private static bool IsImage(string path) =>
        path.EndsWith(".nii.gz", StringComparison.Ordinal) || path.EndsWith(".nii", StringComparison.Ordinal);

    private static IEnumerable<string> Folders(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, pattern) : [];
}
