using Ivim.Actors.Artifacts;
using Ivim.Domain.Cohorts;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Submissions;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>The files of an entry, looked up inside the root anew whenever they are needed.</summary>
public static class ManifestFiles
{
    /// <param name="output">The derivative dataset that the maps go to.</param>
    /// <param name="name">BIDS name of the outputs, of a pseudonym.</param>
    /// <exception cref="RefusalException">
    /// PATH-OUTSIDE-ROOT, FILE-MISSING, FILE-EMPTY or FILE-IS-FOLDER: they are not as they were when the manifest was
    /// checked.
    /// </exception>
    public static StudyDossier Dossier(ManifestEntry entry, RootJail jail, string output, string name)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(jail);
        var image = Existing(jail, entry.Image, "image");
        foreach (var part in NiftiFile.FilesOf(image)) Existing(jail, part, "image");
        var b = entry.BValues ?? throw new RefusalException("BVAL-MISSING", "a NIfTI image without `bvalues`",
            "the b-values of its volumes", "name the file");
        return new StudyDossier(image, Existing(jail, b, "bvalues"),
            entry.BVectors is { } vectors ? Existing(jail, vectors, "bvectors") : null,
            entry.Mask is { } mask ? Mask(mask, jail) : null, output, name);
    }

    /// <summary>The same; of DICOM objects first files of the work folder are made.</summary>
    /// <exception cref="RefusalException">As <see cref="Dossier"/>, or the objects are no diffusion series.</exception>
    public static StudyDossier Taken(
        ManifestEntry entry, RootJail jail, InputFolder inputs, string output, string name)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (DicomOf(entry, jail) is not { } objects) return Dossier(entry, jail, output, name);
        using var taken = inputs.Take(objects);
        // Another entry may be of the same objects: nobody takes the files away but `gc`.
        taken.Keep();
        return taken.Dossier(entry.Mask is null ? null : Mask(entry.Mask, jail), output, name);
    }

    /// <returns>Null where the image is no DICOM.</returns>
    /// <exception cref="RefusalException">PATH-OUTSIDE-ROOT, FILE-MISSING, FILE-EMPTY or FILE-IS-FOLDER.</exception>
    internal static SeriesInput? DicomOf(ManifestEntry entry, RootJail jail)
    {
        var input = new SeriesInput(jail.Resolve(entry.Image), null, null, null);
        return !SourceFiles.Reading(() => input.IsDicom) ? null : input with
        {
            BValues = entry.BValues is { } b ? Existing(jail, b, "bvalues") : null,
            BVectors = entry.BVectors is { } vectors ? Existing(jail, vectors, "bvectors") : null,
        };
    }

    internal static string Mask(string path, RootJail jail)
    {
        var mask = Existing(jail, path, "mask");
        foreach (var part in NiftiFile.FilesOf(mask)) Existing(jail, part, "mask");
        return mask;
    }

    /// <returns>Where the file really lies.</returns>
    internal static string Existing(RootJail jail, string path, string role)
    {
        var real = jail.Resolve(path);
        if (Directory.Exists(real))
            throw new RefusalException("FILE-IS-FOLDER", $"a folder for `{role}`", "a file", "give the file itself");
        // What leads into git-annex is inside the dataset, and lies there only once it was fetched.
        if (!File.Exists(real) && real.Contains("/.git/annex/", StringComparison.Ordinal))
            throw new RefusalException("FILE-NOT-FETCHED", $"a link to content that is not here for `{role}`",
                "the file itself", "fetch it, for example with `datalad get` or `git annex get`");
        if (!File.Exists(real))
            throw new RefusalException("FILE-MISSING", $"no file for `{role}`", "a file below the root",
                "check the path");
        // Pipes and devices have no length either: reading one may never end.
        if (new FileInfo(real).Length == 0)
            throw new RefusalException("FILE-EMPTY", $"no bytes in the file for `{role}`",
                "an ordinary file with content", "check the path");
        return real;
    }
}
