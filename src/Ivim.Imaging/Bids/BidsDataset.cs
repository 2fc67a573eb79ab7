using System.Collections.Immutable;
using Ivim.Imaging.Gradients;

namespace Ivim.Imaging.Bids;

/// <summary>One diffusion image of a dataset, with the gradient files that apply to it.</summary>
public sealed record BidsSeries(string ImagePath, BidsName Name, SideCars SideCars);

/// <summary>Finds the diffusion images of a BIDS dataset.</summary>
public static class BidsDataset
{
    /// <summary>Every sub-*/[ses-*/]dwi/*_dwi.nii[.gz], sorted by path.</summary>
    public static ImmutableArray<BidsSeries> Find(string root) =>
    [
        .. Folders(root, "sub-*").SelectMany(subject => Folders(subject, "ses-*").Prepend(subject))
            .Select(folder => Path.Combine(folder, "dwi"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Where(IsImage)
            .Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Name: BidsName.FromFile(path)))
            .Where(found => found.Name is { Suffix: "dwi" })
            .Select(found => new BidsSeries(found.Path, found.Name!, Inherited(root, found.Path, found.Name!))),
    ];

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
