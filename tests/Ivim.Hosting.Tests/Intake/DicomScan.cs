using Ivim.Hosting.Intake;
using Ivim.Imaging.Tests.Dicom.Series;
using Ivim.Physics;
using Ivim.Physics.Quantities;

namespace Ivim.Hosting.Tests.Intake;

/// <summary>DICOM objects of a small scan that can be mapped; their headers name a person, Secret.</summary>
internal static class DicomScan
{
    private static readonly double[] BSecondsPerMm2 = [0, 10, 20, 40, 80, 150, 300, 500, 800];

    public static void Write(string folder)
    {
        var plane = WrittenSeries.Small(BSecondsPerMm2);
        (plane with
        {
            Stored = [.. BSecondsPerMm2.Select(b => Enumerable.Range(0, plane.Stored[0].Length).Select(voxel =>
                (int)Math.Round(IvimSignal.At(IvimParameters.From(5e-4 + 1e-5 * voxel, 0.2, 0.05, 20_000),
                    BValue.FromSecondsPerMm2(b)))).ToArray())],
        }).WriteEnhanced(folder);
    }

    /// <summary>As `ivim convert` writes it.</summary>
    public static SeriesFiles Convert(string folder, string file)
    {
        var files = SeriesFiles.Named(file);
        files.Write(new SeriesInput(folder, null, null, null).Read());
        return files;
    }
}
