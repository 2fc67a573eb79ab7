using System.Collections.Immutable;
using System.Security.Cryptography;
using Ivim.Imaging.Dicom.Vendors;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The MR series among the files of a folder.</summary>
/// <param name="Series">Numbered from 1 by the scanner's number.</param>
/// <param name="Warnings">How many files were left out, and why.</param>
public sealed record SeriesCatalog(ImmutableArray<SeriesEntry> Series, ImmutableArray<InputWarning> Warnings)
{
    internal const string NotDicom = "DICOM-NOT-DICOM";

    /// <summary>MR Image, Enhanced MR Image and Legacy Converted Enhanced MR Image Storage.</summary>
    private static readonly string[] Images =
        ["1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.4.4"];

    /// <exception cref="RefusalException">A file is damaged, or two objects have one name.</exception>
    public static SeriesCatalog Of(IReadOnlyList<string> files, IDicomReader reader)
    {
        var found = new Dictionary<string, (string Uid, int? Number, CatalogEntry Entry)>(StringComparer.Ordinal);
        int foreign = 0, others = 0, copies = 0;
        foreach (string path in files)
        {
            if (Read(path, reader) is not { } image) foreign++;
            else if (!Images.Contains(image.Dataset.Text(MrTags.SopClass)) || image.Frames == 0) others++;
            else
            {
                var entry = Entry(path, image);
                var series = (image.Dataset.Text(MrTags.SeriesInstance),
                    (int?)image.Dataset.Number(MrTags.SeriesNumber), entry);
                if (found.TryAdd(entry.SopInstance, series)) continue;
                RequireSame(found[entry.SopInstance].Entry.Path, path);
                copies++;
            }
        }
        return new SeriesCatalog(Numbered(found.Values), Warn(foreign, others, copies));
    }

    private static ImmutableArray<SeriesEntry> Numbered(
        IEnumerable<(string Uid, int? Number, CatalogEntry Entry)> found) =>
        [.. found.GroupBy(one => one.Uid)
            .Select(series => (Uid: series.Key, series.First().Number, Entries: series.Select(one => one.Entry)))
            .OrderBy(series => series.Number ?? int.MaxValue).ThenBy(series => series.Uid, StringComparer.Ordinal)
            .Select((series, index) => new SeriesEntry(index + 1, series.Uid, series.Number,
                [.. OmittedZeros.Filled([.. series.Entries]).OrderBy(one => one.Instance).ThenBy(one => one.Acquisition)
                    .ThenBy(one => one.SopInstance, StringComparer.Ordinal)]))];

    /// <summary>Null for a file that is no DICOM. A damaged one is refused: it may be a volume of the series.</summary>
    private static IDicomObject? Read(string path, IDicomReader reader)
    {
        try
        {
            return reader.Read(path);
        }
        catch (RefusalException refusal) when (refusal.Code == NotDicom)
        {
            return null;
        }
    }

    private static CatalogEntry Entry(string path, IDicomObject image)
    {
        var dataset = image.Dataset;
        IReadOnlyList<SliceImage> slices = [];
        RefusalException? refusal = null;
        try
        {
            slices = SliceImages.Of(dataset, image.Frames);
        }
        catch (RefusalException why)
        {
            refusal = why;
        }
        string name = dataset.Text(MrTags.SopInstance);
        return new CatalogEntry(path, name.Length > 0 ? name : "file " + path,
            (int)(dataset.Number(MrTags.AcquisitionNumber) ?? 0),
            (int)(dataset.Number(MrTags.InstanceNumber) ?? int.MaxValue), slices, refusal);
    }

    /// <summary>A copy of a file counts once; two contents under one name are refused.</summary>
    private static void RequireSame(string first, string second)
    {
        if (Sum(first).AsSpan().SequenceEqual(Sum(second))) return;
        throw new RefusalException("DICOM-DUPLICATE", "two different files of one SOP Instance UID",
            "each object once", "leave one of them out");
    }

    private static byte[] Sum(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private static ImmutableArray<InputWarning> Warn(int foreign, int others, int copies)
    {
        var warnings = ImmutableArray.CreateBuilder<InputWarning>();
        if (foreign > 0) warnings.Add(new("DICOM-FOREIGN-FILES", $"{foreign} files that are no DICOM are left out"));
        if (others > 0)
            warnings.Add(new("DICOM-OTHER-OBJECTS", $"{others} objects that are no MR images are left out"));
        if (copies > 0) warnings.Add(new("DICOM-COPIES", $"{copies} copies of other files are left out"));
        return warnings.ToImmutable();
    }
}
