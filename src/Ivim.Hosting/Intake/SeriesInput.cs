using System.Collections.Immutable;
using Ivim.Imaging.Bids;
using Ivim.Imaging.Dicom.Files;
using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Hosting.Intake;

/// <summary>What somebody names as one series.</summary>
/// <param name="Path">A NIfTI file, a folder of DICOM objects, a DICOMDIR or one DICOM object.</param>
/// <param name="Series">Which one of a DICOM folder.</param>
/// <param name="BValues">A file that takes the place of the input's own b-values.</param>
public sealed record SeriesInput(string Path, string? Series, string? BValues, string? BVectors)
{
    /// <summary>A folder with BIDS images is none, whatever else lies in it.</summary>
    public bool IsDicom
    {
        get
        {
            var reader = new ManagedDicomReader();
            if (Directory.Exists(Path))
                return BidsDataset.Find(Path).Length == 0 && DicomFolder.HasObjects(Path, reader);
            if (!File.Exists(Path) || new FileInfo(Path).Length == 0) return false;
            string name = System.IO.Path.GetFileName(Path);
            return name.Equals(DicomFolder.DirectoryName, StringComparison.OrdinalIgnoreCase)
                || (!IsNamedNifti(name) && DicomFolder.IsObject(Path, reader));
        }
    }

    /// <exception cref="RefusalException">docs/input.md and docs/dicom-series.md say what is accepted.</exception>
    public ConvertedSeries Read()
    {
        if (IsDicom) return ReadDicom();
        if (Series is not null)
            throw new RefusalException("USAGE", "--series for an input that is no DICOM", "a folder of DICOM objects",
                "leave it out");
        var sideCars = SideCars.Beside(Path);
        var image = NiftiFile.Read(Path);
        double[] b = BValueFile.Read(BValues ?? sideCars.RequireBValues());
        // A side-car's vectors belong to a side-car's b-values.
        string? vectors = BVectors ?? (BValues is null ? sideCars.BVectorPath : null);
        var directions = Directions(vectors);
        RequireCount("BVAL-COUNT", "b-values", b.Length, image.Header.Shape.Volumes);
        if (directions is { } all) RequireCount("BVEC-COUNT", "b-vectors", all.Length, image.Header.Shape.Volumes);
        return new ConvertedSeries(image, b, directions, null,
            image.Header.ExtensionsDropped
                ? [new("NIFTI-EXTENSIONS", "the input's header extensions are not carried over")]
                : []);
    }

    /// <summary>What a DICOM input will be, by its headers.</summary>
    /// <exception cref="RefusalException">As <see cref="Read"/>, but for what only pixels show.</exception>
    public DicomOutline Outline() => new DicomSeriesReader().Outline(Path, Wishes());

    private DicomWishes Wishes()
    {
        if (BVectors is not null && BValues is null)
            throw new RefusalException("BVAL-MISSING", "b-vectors without b-values", "both of one series",
                "name the b-values with --bval too");
        return new DicomWishes(Series, BValues is null ? null : BValueFile.Read(BValues), Directions(BVectors));
    }

    private ConvertedSeries ReadDicom()
    {
        var series = new DicomSeriesReader().Read(Path, Wishes());
        series.Technical["BValuesFrom"] = BValues is null ? "DICOM" : "side file";
        series.Technical["ConversionSoftware"] = "Ivim";
        return new ConvertedSeries(series.Image, series.BSecondsPerMm2, series.Directions,
            BidsJson.Bytes(series.Technical), series.Warnings);
    }

    private static ImmutableArray<GradientDirection>? Directions(string? path) =>
        path is null ? null : BVectorFile.Read(path);

    private static bool IsNamedNifti(string name) =>
        ((string[])[".nii", ".nii.gz", ".hdr", ".img", ".hdr.gz", ".img.gz"]).Any(ending =>
            name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static void RequireCount(string code, string what, int found, int volumes)
    {
        if (found != volumes)
            throw new RefusalException(code, $"{found} {what}", $"{volumes}, one per volume",
                $"give the {what} of this image");
    }
}
