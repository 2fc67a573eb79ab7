using System.Security.Cryptography;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Imaging.Nifti;

namespace Ivim.Actors.Stages;

/// <summary>The identity of a study's source: the SHA-256 of the bytes of each file, never its name or place.</summary>
public static class SourceHash
{
    public static StudySource Of(StudyDossier dossier) => new(
        OfImage(dossier),
        OfFile(dossier.BValues),
        dossier.BVectors is { } vectors ? OfFile(vectors) : "",
        dossier.Mask is { } mask ? string.Join('+', NiftiFile.FilesOf(mask).Select(OfFile)) : "");

    /// <summary>Of the image alone.</summary>
    internal static string OfImage(StudyDossier dossier) =>
        string.Join('+', NiftiFile.FilesOf(dossier.Image).Select(OfFile));

    private static string OfFile(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
