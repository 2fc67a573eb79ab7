using Ivim.Actors.Artifacts;
using Ivim.Imaging.Bids;
using Ivim.Imaging.Gradients;
using Ivim.Physics;

namespace Ivim.Cli.Mapping;

/// <summary>Finds the files that belong to INPUT.</summary>
internal static class MapInput
{
    private const string DefaultSubject = "01";

    /// <exception cref="RefusalException">A file is missing, or INPUT is not one series.</exception>
    public static StudyDossier Find(MapOptions options)
    {
        var series = Directory.Exists(options.Input) ? OnlySeries(options.Input) : null;
        var image = Path.GetFullPath(series?.ImagePath ?? options.Input);
        UnfetchedLink.Refuse(image);
        if (!File.Exists(image))
            throw new RefusalException("FILE-MISSING", "no input file", "a 4-D NIfTI file", "check the path");
        var sideCars = series?.SideCars ?? SideCars.Beside(image);
        return new StudyDossier(
            image,
            Existing(options.Bval, "--bval") ?? Path.GetFullPath(sideCars.RequireBValues()),
            Existing(options.Bvec, "--bvec") ?? BesideTheBValues(options, sideCars),
            Existing(options.Mask ?? series?.MaskPath, "--mask"),
            Path.GetFullPath(options.Out),
            Name(options, image).ToString());
    }

    /// <summary>A side-car's vectors belong to a side-car's b-values, not to others that the user has named.</summary>
    private static string? BesideTheBValues(MapOptions options, SideCars sideCars) =>
        options.Bval is null && sideCars.BVectorPath is { } vectors ? Path.GetFullPath(vectors) : null;

    private static BidsSeries OnlySeries(string folder)
    {
        var series = BidsDataset.Find(folder);
        if (series.Length == 1)
        {
            series[0].RequireItsFolder();
            return series[0];
        }
        throw new RefusalException("INPUT-NOT-ONE-SERIES", $"a folder with {series.Length} BIDS diffusion series",
            "one 4-D NIfTI file, or a BIDS dataset with one series",
            "name the NIfTI file itself, or map all with `ivim BIDS_DIR OUT_DIR participant`");
    }

    /// <param name="image">Its file; whatever tells no name where it is none.</param>
    /// <exception cref="RefusalException">SUBJECT-LABEL.</exception>
    public static BidsName Name(MapOptions options, string image)
    {
        if (options.Subject is { } subject)
        {
            if (!BidsLabel.IsValid(subject))
                throw new RefusalException("SUBJECT-LABEL", "a subject label with other characters",
                    "letters and digits, 64 at most", "correct --subject");
            return BidsName.ForSubject(subject);
        }
        return BidsName.FromFile(image) ?? BidsName.ForSubject(DefaultSubject);
    }

    /// <exception cref="RefusalException">FILE-MISSING, FILE-IS-FOLDER.</exception>
    public static string? Existing(string? path, string option)
    {
        if (path is null) return null;
        UnfetchedLink.Refuse(path);
        if (Directory.Exists(path))
            throw new RefusalException("FILE-IS-FOLDER", $"a folder for {option}", "a file", "give the file itself");
        if (!File.Exists(path))
            throw new RefusalException("FILE-MISSING", $"no file for {option}", "a file that exists", "check the path");
        return Path.GetFullPath(path);
    }
}
