using Ivim.Actors.Artifacts;
using Ivim.Imaging.Nifti;

namespace Ivim.Actors.Reports;

/// <summary>The scan itself at its lowest b-value, for viewers that lay maps on it.</summary>
public static class StudyGround
{
    /// <param name="sourceSha256">Of the image's bytes when the study was submitted.</param>
    /// <returns>NIfTI, gzip, scanner units; null where the scan is gone or is another by now.</returns>
    public static byte[]? Write(StudyDossier dossier, string sourceSha256)
    {
        if (ReportAnatomy.Read(dossier, sourceSha256) is not { } voxels) return null;
        using var reader = NiftiReader.Open(dossier.Image);
        using var image = new MemoryStream();
        NiftiWriter.Write(image, reader.Header, reader.Header.Shape.OneVolume, voxels);
        return image.ToArray();
    }
}
