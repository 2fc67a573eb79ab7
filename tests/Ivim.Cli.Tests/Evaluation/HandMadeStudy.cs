using Ivim.Imaging.Nifti;

namespace Ivim.Cli.Tests.Evaluation;

/// <summary>A truth and maps of 4 x 1 x 4 voxels, in every slice two in region `left` and two in `right`.</summary>
internal sealed class HandMadeStudy : IDisposable
{
    public const int Width = 4, Slices = 4;

    private static readonly string[] Parameters = ["D", "f", "Dstar", "S0"];

    private readonly TemporaryFolder _folder = new();

    /// <param name="estimate">The factor from truth to estimate, by voxel.</param>
    public HandMadeStudy(Func<int, double> estimate)
    {
        Directory.CreateDirectory(Truth);
        for (int i = 0; i < Parameters.Length; i++) WriteImage($"truth/truth_param-{Parameters[i]}.nii.gz", TruthOf);
        WriteImage("truth/labels.nii.gz", voxel => voxel % Width < 2 ? 1 : 2);
        File.WriteAllText(_folder["truth/regions.json"], """{"0":"background","1":"left","2":"right"}""");
        WriteMaps("maps", estimate);
    }

    public string this[string name] => _folder[name];

    public string Truth => _folder["truth"];

    public string Maps => _folder["maps"];

    /// <summary>0.001, 0.002, 0.003, 0.004 in every slice, whatever the parameter.</summary>
    public static double TruthOf(int voxel) => 0.001 * (voxel % Width + 1);

    public void WriteMaps(string name, Func<int, double> factor)
    {
        Directory.CreateDirectory(_folder[$"{name}/sub-01/dwi"]);
        foreach (var parameter in Parameters)
        {
            var start = $"{name}/sub-01/dwi/sub-01_model-ivim";
            WriteImage($"{start}_param-{parameter}_dwimap.nii.gz", voxel => factor(voxel) * TruthOf(voxel));
            WriteImage($"{start}_desc-std_param-{parameter}_dwimap.nii.gz", _ => 9);
        }
    }

    public void WriteImage(string name, Func<int, double> value, int slices = Slices)
    {
        var shape = new ImageShape(Width, 1, slices, 1);
        float[] voxels = [.. Enumerable.Range(0, Width * slices).Select(voxel => (float)value(voxel))];
        var header = NiftiGeometry.Create(shape, new AffineMatrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]));
        NiftiWriter.WriteFile(_folder[name], header, shape, voxels);
    }

    public void Dispose() => _folder.Dispose();
}
