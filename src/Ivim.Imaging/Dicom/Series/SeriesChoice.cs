using System.Globalization;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>Which series of a folder is meant.</summary>
internal static class SeriesChoice
{
    /// <summary>As many as the model has parameters.</summary>
    private const int Enough = 4;

    private const int MostListed = 24;

    /// <param name="wish">The number of a listing, or a Series Instance UID; null leaves it to the rule.</param>
    /// <param name="bValuesGiven">Whether a side file tells the b-values.</param>
    /// <exception cref="RefusalException">DICOM-NO-IMAGES, DICOM-SERIES-UNKNOWN, DICOM-SERIES-SEVERAL, DICOM-B-MISSING
    /// or DICOM-NO-DIFFUSION.</exception>
    public static SeriesEntry Of(IReadOnlyList<SeriesEntry> all, string? wish, bool bValuesGiven)
    {
        if (all.Count == 0)
            throw new RefusalException("DICOM-NO-IMAGES", "no MR image", "the images of a diffusion series",
                "name another folder");
        if (wish is not null) return Named(all, wish);
        foreach (int least in (int[])[Enough, 2])
        {
            SeriesEntry[] fit = [.. all.Where(series => series.BValues.Count >= least)];
            if (fit.Length == 1) return fit[0];
            if (fit.Length > 1) throw Several(fit);
        }
        // A series that cannot be read says so itself, better than any rule could.
        if (all.SelectMany(series => series.Objects).FirstOrDefault(found => found.Refusal is not null) is
            { Refusal: { } refusal }) throw refusal;
        if (bValuesGiven) return all.Count == 1 ? all[0] : throw Several(all);
        throw all.Any(series => series.BValues.Count > 0)
            ? new RefusalException("DICOM-NO-DIFFUSION", $"no series with two b-values: {Listing(all)}",
                "a diffusion series", "name another folder, or a series with --series")
            : VolumeRefusals.BMissing("no b-value in any image");
    }

    private static SeriesEntry Named(IReadOnlyList<SeriesEntry> all, string wish) =>
        all.FirstOrDefault(series => series.Uid == wish)
        ?? all.FirstOrDefault(series => series.Number.ToString(CultureInfo.InvariantCulture) == wish)
        ?? throw new RefusalException("DICOM-SERIES-UNKNOWN", $"no such series among {Listing(all)}",
            "a number of this listing or a Series Instance UID", "correct --series");

    private static RefusalException Several(IReadOnlyList<SeriesEntry> fit) => new("DICOM-SERIES-SEVERAL",
        $"{fit.Count} series that may be meant: {Listing(fit)}", "one", "name its number with --series");

    private static string Listing(IReadOnlyList<SeriesEntry> all) =>
        string.Join(" | ", all.Take(MostListed)) + (all.Count > MostListed ? " | ..." : "");
}
