using System.Text;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Simulation;

/// <summary>A simulated study on disk: the image as from a scanner, and the truth in a folder of its own.</summary>
/// <remarks>The recipe is written first: a folder left half written is completed by the same command.</remarks>
internal sealed class SimulationFolder
{
    public const string TruthName = "truth", LabelsName = "labels.nii.gz", RegionsName = "regions.json";
    private const string RecipeName = "recipe.json";

    // Voxel edges of an abdominal scan, mm. The first column is the patient's right, the first row is the front.
    private const double InPlaneMm = 3, SliceMm = 5;

    private readonly string _stem;
    private readonly bool _isOfDataset;

    private SimulationFolder(string stem, string mask, string truth, bool isOfDataset) =>
        (_stem, Mask, Truth, _isOfDataset) = (stem, mask, truth, isOfDataset);

    public string Image => _stem + ".nii.gz";

    public string BValues => _stem + ".bval";

    public string Mask { get; }

    public string Truth { get; }

    private string BVectors => _stem + ".bvec";

    private string SideCar => _stem + ".json";

    public static SimulationFolder At(string root)
    {
        root = Path.GetFullPath(root);
        return new SimulationFolder(Path.Combine(root, "sub-01_dwi"), Path.Combine(root, "sub-01_mask.nii.gz"),
            Path.Combine(root, TruthName), isOfDataset: false);
    }

    /// <summary>One scan of a BIDS dataset; what a scanner does not know lies in the dataset's derivatives.</summary>
    /// <param name="name">`sub-01` or `sub-01_ses-01`.</param>
    public static SimulationFolder InDataset(string root, string name)
    {
        string folder = name.Replace('_', Path.DirectorySeparatorChar);
        string truth = Path.Combine(Path.GetFullPath(root), "derivatives", TruthName, folder);
        return new SimulationFolder(Path.Combine(Path.GetFullPath(root), folder, "dwi", name + "_dwi"),
            Path.Combine(truth, name + "_mask.nii.gz"), truth, isOfDataset: true);
    }

    /// <summary>The name of a true map in the folder of the truth.</summary>
    public static string TruthOf(MapParameter parameter) => $"truth_param-{parameter.Name}.nii.gz";

    /// <summary>The tissues themselves, where the truth is what an acquisition in k-space leaves of them.</summary>
    public static string TissueOf(MapParameter parameter) => $"tissue_param-{parameter.Name}.nii.gz";

    /// <exception cref="RefusalException">SIMULATION-EXISTS: the folder holds something else.</exception>
    public void Write(Phantom phantom, bool force, CancellationToken cancellation)
    {
        byte[] recipe = RecipeDocument.Of(phantom.Recipe);
        MakeRoom(recipe, force);
        Directory.CreateDirectory(Truth);
        Directory.CreateDirectory(Path.GetDirectoryName(Image)!);
        AtomicFile.Write(InTruth(RecipeName), recipe);
        foreach (var write in Files(phantom))
        {
            cancellation.ThrowIfCancellationRequested();
            write();
        }
    }

    private IEnumerable<Action> Files(Phantom phantom)
    {
        var recipe = phantom.Recipe;
        var volume = new ImageShape(recipe.Width, recipe.Height, recipe.Depth, 1);
        var series = volume with { Volumes = recipe.BSecondsPerMm2.Count };
        var header = NiftiGeometry.Create(volume, Centred(volume));
        byte[] mask = Array.ConvertAll(phantom.Labels, label => label == 0 ? (byte)0 : (byte)1);
        foreach (var (name, map) in TrueMaps(phantom))
            yield return () => NiftiWriter.WriteFile(InTruth(name), header, volume, map);
        yield return () => WriteBytes(InTruth(LabelsName), header, volume, phantom.Labels);
        yield return () => AtomicFile.Write(InTruth(RegionsName), RecipeDocument.OfRegions(phantom.RegionNames));
        yield return () => WriteBytes(Mask, header, volume, mask);
        yield return () => AtomicFile.Write(
            BValues, Encoding.ASCII.GetBytes(GradientText.OfBValues(recipe.BSecondsPerMm2)));
        if (_isOfDataset)
        {
            yield return () => AtomicFile.Write(
                BVectors, Encoding.ASCII.GetBytes(SimulatedDataset.BVectors(recipe.BSecondsPerMm2)));
            yield return () => AtomicFile.Write(SideCar, SimulatedDataset.SideCar());
        }
        yield return () => NiftiWriter.WriteFile(Image, header, series, phantom.Signals);
    }

    private static (string Name, float[] Map)[] TrueMaps(Phantom phantom)
    {
        var parameters = MapParameter.All;
        float[][] tissue = [phantom.D, phantom.F, phantom.DStar, phantom.S0];
        if (phantom.Reference is not { } found)
            return [.. parameters.Zip(tissue, (parameter, map) => (TruthOf(parameter), map))];
        float[][] reference = [found.D, found.F, found.DStar, found.S0];
        return
        [
            .. parameters.Zip(reference, (parameter, map) => (TruthOf(parameter), map)),
            .. parameters.Zip(tissue, (parameter, map) => (TissueOf(parameter), map)),
        ];
    }

    private void MakeRoom(byte[] recipe, bool force)
    {
        string[] ours =
        [
            Image, BValues, BVectors, SideCar, Mask,
            .. MapParameter.All.Select(parameter => InTruth(TruthOf(parameter))),
            .. MapParameter.All.Select(parameter => InTruth(TissueOf(parameter))),
            InTruth(LabelsName), InTruth(RegionsName), InTruth(RecipeName),
        ];
        bool same = File.Exists(InTruth(RecipeName))
            && File.ReadAllBytes(InTruth(RecipeName)).AsSpan().SequenceEqual(recipe);
        if (same || !ours.Any(File.Exists)) return;
        if (!force)
            throw new RefusalException("SIMULATION-EXISTS", "another simulation in the folder",
                "an empty folder or the same recipe", "choose another folder or add --force");
        foreach (var file in ours) File.Delete(file);
    }

    private string InTruth(string name) => Path.Combine(Truth, name);

    private static void WriteBytes(string path, NiftiHeader header, ImageShape shape, byte[] voxels) =>
        AtomicFile.Write(path, stream => NiftiWriter.Write(stream, header, shape, voxels));

    /// <summary>The origin of the scanner lies in the middle of the volume.</summary>
    private static AffineMatrix Centred(ImageShape shape) => new(
    [
        -InPlaneMm, 0, 0, InPlaneMm * (shape.Width - 1) / 2.0,
        0, -InPlaneMm, 0, InPlaneMm * (shape.Height - 1) / 2.0,
        0, 0, SliceMm, -SliceMm * (shape.Slices - 1) / 2.0,
    ]);
}
