using System.Globalization;
using Ivim.Actors.Artifacts;
using Ivim.Imaging.Nifti;
using Ivim.Physics;
using Ivim.Physics.Quantities;

namespace Ivim.Actors.Tests.Stages;

/// <summary>A series without noise and of three different edges, whose voxels tell their index by D and S0.</summary>
internal sealed class SmallSeries
{
    public static readonly double[] BSecondsPerMm2 = [0, 10, 20, 40, 80, 150, 300, 500, 800];

    public static ImageShape Shape { get; } = new(5, 4, 6, 1);

    public static int Voxels => (int)Shape.VoxelsPerVolume;

    /// <summary>An oblique-free geometry with three different edges and a flipped axis.</summary>
    public static NiftiHeader Header { get; } =
        NiftiGeometry.Create(Shape, new AffineMatrix([-2, 0, 0, 11, 0, 3, 0, -7, 0, 0, 5, 4]));

    /// <summary>mm²/s; neighbours in any direction differ by 1e-5 at least.</summary>
    public static double D(int voxel) => 5e-4 + 1e-5 * voxel;

    public static double S0(int voxel) => 500 + 3 * voxel;

    public static float[] Signals { get; } =
    [
        .. BSecondsPerMm2.SelectMany(b => Enumerable.Range(0, Voxels).Select(voxel => (float)IvimSignal.At(
            IvimParameters.From(D(voxel), 0.2, 0.05, S0(voxel)), BValue.FromSecondsPerMm2(b)))),
    ];

    /// <summary>Leaves holes everywhere and takes another number of voxels from each slice.</summary>
    public static bool IsIrregular(int voxel) => voxel * 7 % 5 != 1 && (voxel + voxel / 20) % 3 != 0;

    public static StudyDossier Write(string folder, Func<int, bool>? mask = null, string? output = null)
    {
        Directory.CreateDirectory(folder);
        var dossier = new StudyDossier(
            Path.Combine(folder, "sub-07_dwi.nii.gz"), Path.Combine(folder, "sub-07_dwi.bval"), null,
            Path.Combine(folder, "mask.nii.gz"), output ?? Path.Combine(folder, "maps"), "sub-07_dwi");
        NiftiWriter.WriteFile(dossier.Image, Header, Shape with { Volumes = BSecondsPerMm2.Length }, Signals);
        NiftiWriter.WriteFile(dossier.Mask!, Header, Shape,
            [.. Enumerable.Range(0, Voxels).Select(voxel => (mask ?? IsIrregular)(voxel) ? 1f : 0f)]);
        File.WriteAllText(dossier.BValues,
            string.Join(' ', BSecondsPerMm2.Select(b => b.ToString(CultureInfo.InvariantCulture))));
        return dossier;
    }
}
