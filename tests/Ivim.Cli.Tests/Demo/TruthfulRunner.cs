using Ivim.Cli.Mapping;
using Ivim.Imaging.Nifti;

namespace Ivim.Cli.Tests.Demo;

/// <summary>Publishes the truth of a simulation, 5 % too high, under the names of maps: a known error.</summary>
internal sealed class TruthfulRunner : IMapRunner
{
    public const double Factor = 1.05;

    public Task<MapReport> RunAsync(
        MapOptions options, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Out, "sub-01", "dwi")).FullName;
        foreach (var parameter in (string[])["D", "f", "Dstar", "S0"])
        {
            var truth = NiftiFile.Read(
                Path.Combine(Path.GetDirectoryName(options.Input)!, "truth", $"truth_param-{parameter}.nii.gz"));
            float[] voxels = [.. truth.Voxels.Select(value => (float)(value * Factor))];
            NiftiWriter.WriteFile(Path.Combine(folder, $"sub-01_model-ivim_param-{parameter}_dwimap.nii.gz"),
                truth.Header, truth.Header.Shape, voxels);
        }
        return Task.FromResult(new MapReport { Study = "sub-01", Protocol = "p" });
    }
}
