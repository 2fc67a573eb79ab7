using Ivim.Actors.Artifacts;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Actors.Reports;

/// <summary>The scan at its lowest b-value, as the ground that maps lie on.</summary>
internal static class ReportAnatomy
{
    /// <summary>Repeats that are read at most: more would make the ground no clearer, and cost time.</summary>
    private const int MostVolumes = 4;

    /// <returns>Mean of the volumes, [z, y, x]; null where the scan is gone or is another by now.</returns>
    /// <param name="sourceSha256">Of the image's bytes, as the provenance has it.</param>
    public static float[]? Read(StudyDossier dossier, string? sourceSha256)
    {
        if (!File.Exists(dossier.Image) || !File.Exists(dossier.BValues)
            || Stages.SourceHash.OfImage(dossier) != sourceSha256) return null;
        try
        {
            return Mean(dossier.Image, BValueFile.Read(dossier.BValues));
        }
        catch (RefusalException)
        {
            return null; // it was read when the study was prepared: whatever happened to it since, the maps stand
        }
    }

    private static float[] Mean(string image, double[] bSecondsPerMm2)
    {
        using var reader = NiftiReader.Open(image);
        double most = bSecondsPerMm2.Min() + BValueTable.ZeroToleranceSecondsPerMm2;
        int[] volumes = [.. Enumerable.Range(0, Math.Min(bSecondsPerMm2.Length, reader.Header.Shape.Volumes))
            .Where(volume => bSecondsPerMm2[volume] <= most).Take(MostVolumes)];
        var (sum, one) = (new float[reader.Header.Shape.VoxelsPerVolume],
            new float[reader.Header.Shape.VoxelsPerVolume]);
        foreach (int volume in volumes)
        {
            reader.ReadVolume(volume, one);
            for (int i = 0; i < sum.Length; i++) sum[i] += one[i] / volumes.Length;
        }
        return sum;
    }
}
