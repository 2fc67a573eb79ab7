using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Hosting.Intake;

/// <summary>A series as files: X.nii or X.nii.gz, and beside it X.bval, X.bvec and X.json.</summary>
/// <param name="Image">Full path.</param>
public sealed record SeriesFiles(string Image)
{
    private static readonly string[] Endings = [".nii.gz", ".nii"];

    public string BValues => Stem + ".bval";

    public string BVectors => Stem + ".bvec";

    public string SideCar => Stem + ".json";

    /// <exception cref="RefusalException">CONVERT-NAME.</exception>
    public static SeriesFiles Named(string path) =>
        Endings.Any(ending => path.Length > ending.Length && path.EndsWith(ending, StringComparison.Ordinal))
            && !Directory.Exists(path)
            ? new SeriesFiles(Path.GetFullPath(path))
            : throw new RefusalException("CONVERT-NAME", "an output that is no .nii or .nii.gz file",
                "the name of a NIfTI file", "name one with --out");

    /// <exception cref="RefusalException">CONVERT-EXISTS.</exception>
    public void RequireFree()
    {
        if (((string[])[Image, BValues, BVectors, SideCar]).Any(File.Exists))
            throw new RefusalException("CONVERT-EXISTS", "a file of the output that is there already",
                "a name that is free", "choose another --out, or add --force");
    }

    /// <summary>Writes all of them or none: nothing appears before all are complete on the disk.</summary>
    public void Write(ConvertedSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        bool isCompressed = Image.EndsWith(".gz", StringComparison.Ordinal);
        var header = series.Image.Header;
        var files = new List<(string Path, Action<Stream>? Write)>
        {
            (BValues, stream => stream.Write(Encoding.ASCII.GetBytes(GradientText.OfBValues(series.BSecondsPerMm2)))),
            (BVectors, series.Directions is { } directions
                ? stream => stream.Write(Encoding.ASCII.GetBytes(GradientText.OfDirections(directions)))
                : null),
            (SideCar, series.SideCar is { } json ? stream => stream.Write(json) : null),
            (Image, stream => NiftiWriter.Write(stream, header, header.Shape, series.Image.Voxels, isCompressed)),
        };
        WriteTogether(files);
    }

    /// <param name="files">The image last: whoever sees it sees what belongs to it. Without content a file is taken
    /// away, since it would belong to another image.</param>
    private static void WriteTogether(List<(string Path, Action<Stream>? Write)> files)
    {
        string suffix = $".{Path.GetRandomFileName()}{DurableFile.TemporarySuffix}";
        var written = files.FindAll(file => file.Write is not null);
        Directory.CreateDirectory(Path.GetDirectoryName(files[0].Path)!);
        try
        {
            foreach (var (path, write) in written)
            {
                using var stream = new FileStream(path + suffix, FileMode.CreateNew, FileAccess.Write);
                write!(stream);
                stream.Flush(flushToDisk: true);
            }
            // An old image beside new tables would be a wrong series.
            File.Delete(files[^1].Path);
            foreach (var (path, write) in files)
                if (write is null) File.Delete(path);
                else File.Move(path + suffix, path, overwrite: true);
        }
        catch
        {
            foreach (var (path, _) in written) File.Delete(path + suffix);
            throw;
        }
        DurableFile.SyncFolder(Path.GetDirectoryName(files[0].Path)!);
    }

    private string Stem => Image[..^Endings.First(ending => Image.EndsWith(ending, StringComparison.Ordinal)).Length];
}
