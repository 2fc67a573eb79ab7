using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Submissions;
using Ivim.Imaging.Bids;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Hosting.Api;

/// <summary>The files that a submission names: whether those to read are there, and those to write can be.</summary>
/// <remarks>Refusals name the role of a file and never its path: they end in logs of callers.</remarks>
internal static class SubmittedFiles
{
    /// <exception cref="RefusalException">A path or name is not usable.</exception>
    public static StudyDossier Require(StudyRequest request)
    {
        RequireTables(request);
        if (request.Series is not null)
            throw new RefusalException("USAGE", "`series` for an image that is no DICOM", "DICOM objects",
                "leave it out");
        Require(request.Image, "image");
        foreach (var part in NiftiFile.FilesOf(request.Image)) Require(part, "image");
        var b = request.Bvalues ?? throw new RefusalException("BVAL-MISSING", "a NIfTI image without `bvalues`",
            "the b-values of its volumes", "name the file");
        return new StudyDossier(request.Image, b, request.Bvectors, request.Mask, request.Output, request.Name);
    }

    /// <returns>Null where the image is no DICOM.</returns>
    /// <exception cref="RefusalException">A path or name is not usable.</exception>
    public static SeriesInput? DicomOf(StudyRequest request)
    {
        RequireAbsolute(request.Image, "image");
        var input = new SeriesInput(request.Image, request.Series, request.Bvalues, request.Bvectors);
        if (!SourceFiles.Reading(() => input.IsDicom)) return null;
        RequireTables(request);
        return input;
    }

    /// <summary>All but the image.</summary>
    private static void RequireTables(StudyRequest request)
    {
        if (BidsName.FromFile(request.Name + ".nii.gz") is null)
            throw new RefusalException("STUDY-NAME", "a `name` that is no BIDS name",
                "entities and a suffix, for example sub-01_ses-02_dwi", "correct it");
        if (request.Bvalues is { } b) Require(b, "bvalues");
        if (request.Bvectors is { } vectors) Require(vectors, "bvectors");
        if (request.Mask is { } mask)
        {
            Require(mask, "mask");
            foreach (var part in NiftiFile.FilesOf(mask)) Require(part, "mask");
        }
        RequireAbsolute(request.Output, "output");
    }

    /// <summary>Makes the output folder where there is none, and tries whether a file can be put into it.</summary>
    /// <param name="image">The hash of the scan.</param>
    /// <exception cref="RefusalException">OUTPUT-TAKEN, OUTPUT-UNWRITABLE.</exception>
    public static void RequireUsableOutput(StudyDossier dossier, string image)
    {
        try
        {
            new Destination(dossier).RequireFreeFor(image);
            Directory.CreateDirectory(dossier.Output);
            var trial = Path.Combine(dossier.Output, $".ivim-{Path.GetRandomFileName()}{DurableFile.TemporarySuffix}");
            using var file = new FileStream(
                trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("OUTPUT-UNWRITABLE", "an output folder that the server cannot write",
                "a folder on a disk that servers and workers share", "choose another --out or change its permissions",
                e);
        }
    }

    private static void Require(string path, string role)
    {
        RequireAbsolute(path, role);
        if (Directory.Exists(path))
            throw new RefusalException("FILE-IS-FOLDER", $"a folder for `{role}`", "a file", "give the file itself");
        if (!File.Exists(path))
            throw new RefusalException("FILE-MISSING", $"no file for `{role}` where the server looks",
                "a file on a disk that servers and workers share", "check the path");
        // Pipes and devices have no length either: reading one may never end.
        if (new FileInfo(path).Length == 0)
            throw new RefusalException("FILE-EMPTY", $"no bytes in the file for `{role}`",
                "an ordinary file with content",
                "check the path");
    }

    private static void RequireAbsolute(string path, string role)
    {
        if (Path.IsPathFullyQualified(path) && !path.Contains('\0')) return;
        throw new RefusalException("PATH-RELATIVE", $"a relative path for `{role}`",
            "an absolute one: a server has another current folder than its caller", "give the whole path");
    }
}
