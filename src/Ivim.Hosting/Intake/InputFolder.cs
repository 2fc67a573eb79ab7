using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Imaging.Gradients;
using Ivim.Hosting.Submissions;
using Ivim.Physics;

namespace Ivim.Hosting.Intake;

/// <summary>
/// The series of a work folder that were made of DICOM objects: the very files that `ivim convert` writes, so that
/// both ways are one study.
/// </summary>
/// <remarks>Each lies in a folder named by its content, since later runs and `fsck` read it again.</remarks>
/// <param name="work">The work folder.</param>
public sealed class InputFolder(string work)
{
    private const string Image = "series.nii.gz", Kind = "inputs";

    private readonly string _root = Path.Combine(Path.GetFullPath(work), Kind);

    /// <summary>Puts a DICOM input there, whole or not at all; twice the same input is one.</summary>
    /// <exception cref="RefusalException">The objects are no diffusion series.</exception>
    public TakenSeries Take(SeriesInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var series = SourceFiles.Reading(input.Read);
        var (folder, files) = PlaceOf(series);
        if (File.Exists(files.Image)) return new TakenSeries(input, series, files, null);
        string unfinished = $"{folder}.{Path.GetRandomFileName()}";
        try
        {
            SeriesFiles.Named(Path.Combine(unfinished, Image)).Write(series);
            Directory.Move(unfinished, folder);
        }
        catch (Exception) when (Remove(unfinished) && File.Exists(files.Image))
        {
            // Somebody else has put the same there meanwhile.
            return new TakenSeries(input, series, files, null);
        }
        DurableFile.SyncFolder(_root);
        return new TakenSeries(input, series, files, folder);
    }

    /// <summary>The same files for who only looks: where they do not lie there already they lie elsewhere for so
    /// long as the answer is not disposed.</summary>
    /// <exception cref="RefusalException">The objects are no diffusion series.</exception>
    public TakenSeries Look(SeriesInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var series = SourceFiles.Reading(input.Read);
        var (_, files) = PlaceOf(series);
        if (File.Exists(files.Image)) return new TakenSeries(input, series, files, null);
        string elsewhere = Directory.CreateTempSubdirectory("ivim-").FullName;
        files = SeriesFiles.Named(Path.Combine(elsewhere, Image));
        files.Write(series);
        return new TakenSeries(input, series, files, elsewhere);
    }

    /// <summary>What no study is of. A dossier that cannot be read may name any.</summary>
    /// <param name="dossiers">Of all studies of the work folder.</param>
    public SweptFiles Unneeded(DossierFolder dossiers)
    {
        ArgumentNullException.ThrowIfNull(dossiers);
        var known = dossiers.Studies().Select(dossiers.Find).ToList();
        if (!Directory.Exists(_root) || known.Contains(null)) return new SweptFiles(Kind, []);
        // By its name alone: the same work folder may lie under another path on another machine.
        var needed = known.Select(dossier => Path.GetFileName(Path.GetDirectoryName(dossier!.Image))).ToHashSet();
        return new SweptFiles(Kind,
        [
            .. new DirectoryInfo(_root).EnumerateDirectories().Where(folder => !needed.Contains(folder.Name))
                .OrderBy(folder => folder.Name, StringComparer.Ordinal)
                .SelectMany(folder => folder.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)),
        ]);
    }

    /// <summary>Takes away the folders that have nothing in them any more.</summary>
    public void RemoveEmpty()
    {
        if (!Directory.Exists(_root)) return;
        foreach (var folder in Directory.EnumerateDirectories(_root))
            if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    private static bool Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return true;
    }

    private (string Folder, SeriesFiles Files) PlaceOf(ConvertedSeries series)
    {
        string folder = Path.Combine(_root, Name(series));
        return (folder, SeriesFiles.Named(Path.Combine(folder, Image)));
    }

    private static string Name(ConvertedSeries series)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(series.Image.Header.ToBytes());
        hash.AppendData(MemoryMarshal.AsBytes<float>(series.Image.Voxels));
        hash.AppendData(Encoding.ASCII.GetBytes(GradientText.OfBValues(series.BSecondsPerMm2)));
        if (series.Directions is { } directions)
            hash.AppendData(Encoding.ASCII.GetBytes(GradientText.OfDirections(directions)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
