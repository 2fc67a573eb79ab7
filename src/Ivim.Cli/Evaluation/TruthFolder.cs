using System.Text.Json;
using Ivim.Cli.Mapping;
using Ivim.Cli.Simulation;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Cli.Evaluation;

/// <summary>The truth of a simulated study: true maps, and the region of every voxel.</summary>
/// <param name="Header">The grid that estimates must share.</param>
/// <param name="Maps">One volume for each parameter, x fastest.</param>
/// <param name="Labels">Region of every voxel, 0 for outside.</param>
/// <param name="RegionNames">Names by label.</param>
internal sealed record TruthFolder(
    NiftiHeader Header, IReadOnlyDictionary<MapParameter, float[]> Maps, byte[] Labels,
    IReadOnlyList<string> RegionNames)
{
    /// <param name="folder">The folder of the truth, or the folder of the simulation that holds it.</param>
    /// <exception cref="RefusalException">TRUTH-MISSING, TRUTH-BROKEN, SHAPE-MISMATCH, or a NIfTI code.</exception>
    public static TruthFolder Open(string folder)
    {
        var inside = Path.Combine(folder, SimulationFolder.TruthName);
        var root = Directory.Exists(inside) ? inside : folder;
        RequireAll(root);
        var labels = NiftiFile.Read(Path.Combine(root, SimulationFolder.LabelsName));
        var maps = MapParameter.All.ToDictionary(parameter => parameter, parameter =>
        {
            var image = NiftiFile.Read(Path.Combine(root, SimulationFolder.TruthOf(parameter)));
            SameGrid.Require(image.Header, labels.Header, "the truth");
            return image.Voxels;
        });
        return new TruthFolder(labels.Header, maps, Array.ConvertAll(labels.Voxels, value => (byte)value),
            Regions(Path.Combine(root, SimulationFolder.RegionsName)));
    }

    private static void RequireAll(string root)
    {
        string[] wanted =
        [
            .. MapParameter.All.Select(SimulationFolder.TruthOf), SimulationFolder.LabelsName,
            SimulationFolder.RegionsName,
        ];
        string[] missing = [.. wanted.Where(name => !File.Exists(Path.Combine(root, name)))];
        if (missing.Length > 0)
            throw new RefusalException("TRUTH-MISSING", $"no {string.Join(", ", missing)} in the truth",
                "a folder that `ivim simulate` wrote", "name that folder with --truth");
    }

    private static string[] Regions(string path)
    {
        try
        {
            var names = JsonSerializer.Deserialize<Dictionary<byte, string>>(File.ReadAllBytes(path)) ?? [];
            int count = names.Count == 0 ? 0 : names.Keys.Max() + 1;
            return [.. Enumerable.Range(0, count)
                .Select(label => names.GetValueOrDefault((byte)label, $"region {label}"))];
        }
        catch (JsonException broken)
        {
            throw new RefusalException("TRUTH-BROKEN", $"{SimulationFolder.RegionsName} that is no list of regions",
                "an object of label to name", "simulate again", broken);
        }
    }
}
