using System.Globalization;
using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Imaging.Nifti;
using Ivim.Physics;
using Ivim.Physics.Quantities;

namespace Ivim.Hosting.Tests.Api;

/// <summary>A series of a few voxels on disk, and the request that submits it.</summary>
internal static class SmallStudy
{
    private static readonly double[] BSecondsPerMm2 = [0, 10, 20, 40, 80, 150, 300, 500, 800];

    private static readonly ImageShape Shape = new(4, 4, 6, 1);

    public static Protocol Protocol { get; } = new()
    {
        Method = Methods.LeastSquares, Slabs = new SlabRules { Slices = 2, Halo = 1 },
    };

    /// <param name="folder">Gets the scan; the maps go to `maps` in it.</param>
    /// <param name="s0">Of every voxel: another one is another scan.</param>
    public static StudyRequest Write(string folder, double s0 = 1000)
    {
        Directory.CreateDirectory(folder);
        var image = Path.Combine(folder, "sub-07_dwi.nii.gz");
        int voxels = (int)Shape.VoxelsPerVolume;
        var header = NiftiGeometry.Create(Shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0]));
        NiftiWriter.WriteFile(image, header, Shape with { Volumes = BSecondsPerMm2.Length },
        [
            .. BSecondsPerMm2.SelectMany(b => Enumerable.Range(0, voxels).Select(voxel => (float)IvimSignal.At(
                IvimParameters.From(5e-4 + 1e-5 * voxel, 0.2, 0.05, s0), BValue.FromSecondsPerMm2(b)))),
        ]);
        var mask = Path.Combine(folder, "mask.nii.gz");
        NiftiWriter.WriteFile(mask, header, Shape, [.. Enumerable.Repeat(1f, voxels)]);
        var table = Path.Combine(folder, "sub-07_dwi.bval");
        File.WriteAllText(table,
            string.Join(' ', BSecondsPerMm2.Select(b => b.ToString(CultureInfo.InvariantCulture))));
        return new StudyRequest
        {
            Image = image,
            Bvalues = table,
            Mask = mask,
            Output = Path.Combine(folder, "maps"),
            Name = "sub-07_dwi",
            Protocol = JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(Protocol)),
        };
    }
}
