using System.Text.Json;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;

namespace Ivim.Cli.Tests.Simulation;

public sealed class SimulateCommandTests : IDisposable
{
    private static readonly string[] Small =
        ["--size", "12", "10", "4", "--b-values", "0", "50", "200", "800", "--snr", "30", "--seed", "7"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_simulation_has_an_image_its_b_values_a_mask_and_the_truth()
    {
        var run = await SimulateAsync(Small);
        Assert.Equal(0, run.ExitCode);
        string[] expected =
        [
            "sub-01_dwi.bval", "sub-01_dwi.nii.gz", "sub-01_mask.nii.gz", "truth/labels.nii.gz", "truth/recipe.json",
            "truth/regions.json", "truth/truth_param-D.nii.gz", "truth/truth_param-Dstar.nii.gz",
            "truth/truth_param-S0.nii.gz", "truth/truth_param-f.nii.gz",
        ];
        Assert.Equal(expected, Files().Keys.Order(StringComparer.Ordinal));
        Assert.Equal([0, 50, 200, 800], BValueFile.Read(_folder["s/sub-01_dwi.bval"]));
        Assert.Equal(new ImageShape(12, 10, 4, 4), NiftiFile.ReadHeader(_folder["s/sub-01_dwi.nii.gz"]).Shape);
        Assert.Equal("liver", JsonDocument.Parse(File.ReadAllText(_folder["s/truth/regions.json"]))
            .RootElement.GetProperty("2").GetString());
    }

    [Fact]
    public async Task Without_noise_the_image_is_the_equation_of_its_truth()
    {
        await SimulateAsync([.. Small, "--noise", "none"]);
        var image = NiftiFile.Read(_folder["s/sub-01_dwi.nii.gz"]);
        float[] Truth(string name) => NiftiFile.Read(_folder[$"s/truth/truth_param-{name}.nii.gz"]).Voxels;
        var (d, f, dStar, s0) = (Truth("D"), Truth("f"), Truth("Dstar"), Truth("S0"));
        double[] b = [0, 50, 200, 800];
        for (int volume = 0; volume < b.Length; volume++)
        {
            for (int voxel = 0; voxel < d.Length; voxel++)
            {
                double perfused = f[voxel] * Math.Exp(-b[volume] * dStar[voxel]);
                double signal = s0[voxel] * (perfused + (1 - f[voxel]) * Math.Exp(-b[volume] * d[voxel]));
                // The maps are rounded to float32, 6e-8 relative; b D reaches 2, so that 1e-6 of S0 = 1000 is ample.
                Assert.Equal(signal, image.Volume(volume)[voxel], 2e-3);
            }
        }
    }

    [Fact]
    public async Task The_same_recipe_gives_the_same_bytes_and_may_be_written_again()
    {
        await SimulateAsync(Small);
        var first = Files();
        File.Delete(_folder["s/truth/labels.nii.gz"]);
        Assert.Equal(0, (await SimulateAsync(Small)).ExitCode);
        Assert.Equal(first, Files());
    }

    [Fact]
    public async Task Another_simulation_is_replaced_only_on_request()
    {
        await SimulateAsync(Small);
        var first = Files();
        var refused = await SimulateAsync([.. Small[..^1], "8"]);
        Assert.Equal(3, refused.ExitCode);
        Assert.StartsWith("error SIMULATION-EXISTS: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(first, Files());
        Assert.Equal(0, (await SimulateAsync([.. Small[..^1], "8", "--force"])).ExitCode);
        Assert.NotEqual(first["sub-01_dwi.nii.gz"], Files()["sub-01_dwi.nii.gz"]);
    }

    [Fact]
    public async Task An_acquisition_in_k_space_has_its_reference_as_truth_and_the_tissues_beside_it()
    {
        await SimulateAsync([.. Small, "--acquired-matrix", "8", "6", "--coils", "2", "--noise", "none"]);
        float[] Map(string name) => NiftiFile.Read(_folder[$"s/truth/{name}.nii.gz"]).Voxels;
        var (truth, tissue) = (Map("truth_param-D"), Map("tissue_param-D"));
        Assert.NotEqual(truth, tissue);
        // A truth of partial volumes, but of the same tissues: medians within a fifth.
        Assert.Equal(Median(tissue), Median(truth), 0.2 * Median(tissue));
        var kSpace = JsonDocument.Parse(File.ReadAllText(_folder["s/truth/recipe.json"])).RootElement
            .GetProperty("kSpace");
        Assert.Equal(2, kSpace.GetProperty("coils").GetInt32());
    }

    [Theory]
    [InlineData("--acquired-matrix", "8")]
    [InlineData("--coils", "0")]
    [InlineData("--size", "12", "10")]
    [InlineData("--snr", "0")]
    [InlineData("--snr", "NaN")]
    [InlineData("--shading", "2")]
    [InlineData("--phantom", "cube")]
    public async Task Numbers_that_make_no_phantom_are_a_usage_error(params string[] arguments) =>
        Assert.Equal(2, (await SimulateAsync(arguments)).ExitCode);

    [Fact]
    public async Task A_negative_b_value_is_refused_before_anything_is_written()
    {
        var run = await SimulateAsync(["--b-values", "0", "-5"]);
        Assert.Equal(3, run.ExitCode);
        Assert.False(Directory.Exists(_folder["s"]));
    }

    private static float Median(float[] map)
    {
        float[] inside = [.. map.Where(value => value > 0).Order()];
        return inside[inside.Length / 2];
    }

    private Task<ProgramRun> SimulateAsync(string[] arguments) =>
        ProgramRun.OfAsync(["simulate", "--out", _folder["s"], .. arguments]);

    /// <summary>Path to content, in hexadecimal, of everything written.</summary>
    private SortedDictionary<string, string> Files() => new(Directory
        .EnumerateFiles(_folder["s"], "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(_folder["s"], path),
            path => Convert.ToHexString(File.ReadAllBytes(path))));
}
