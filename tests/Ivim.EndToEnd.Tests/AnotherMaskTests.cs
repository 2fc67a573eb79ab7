using System.Text.Json.Nodes;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>Another mask of one slice: what it does not touch is not computed again, and the maps are right.</summary>
public sealed class AnotherMaskTests : IDisposable
{
    private const int PerSlice = 8 * 8;

    private readonly TemporaryFolder _folder = new();
    private readonly MadeScan _scan = new() { Slices = 8, Change = WithNoise };

    public void Dispose() => _folder.Dispose();

    /// <remarks>Four slabs; the last slice is in the last slab alone, and in no halo.</remarks>
    [Theory]
    [InlineData("networks of slabs", "train 2 of 8, merge 1 of 4",
        "--scope", "slab", "--denoise", "none")]
    [InlineData("least squares", "train 1 of 4, merge 1 of 4, polish 1 of 1",
        "--method", "nlls", "--denoise", "mppca", "--polish", "guided", "--halo", "0")]
    [InlineData("networks of the study", "train 10 of 10, merge 4 of 4",
        "--scope", "study", "--denoise", "none")]
    public async Task The_plan_and_the_run_agree_and_the_maps_are_those_of_a_clean_run(
        string name, string expected, params string[] options)
    {
        _scan.Write(_folder);
        var (first, second) = (Mask("first", 0), Mask("second", 5));
        (await IvimProcess.RunAsync(Map(first, "first-maps", "work", options))).MustBeDone();

        string[] again = Map(second, "second-maps", "work", options);
        var plan = (await IvimProcess.RunAsync(["plan", .. again[1..], "--rehearse"])).MustBeDone();
        var run = (await IvimProcess.RunAsync(again)).MustBeDone();
        var clean = (await IvimProcess.RunAsync(Map(second, "clean-maps", "clean-work", options))).MustBeDone();

        Assert.Equal(clean.Hashes, run.Hashes);
        Assert.True(JsonNode.DeepEquals(plan.Report["items"]!["computed"], run.Report["items"]!["computed"]),
            $"{name}: {plan.Output} {run.Output}");
        Assert.Equal(expected, string.Join(", ", new[] { "train", "merge", "polish" }
            .Where(stage => run.Report["items"]!["computed"]![stage] is not null)
            .Select(stage => $"{stage} {run.Computed(stage)} of {run.Computed(stage) + run.Reused(stage)}")));
    }

    private string[] Map(string mask, string output, string work, string[] options) =>
    [
        "map", _folder.Path("scan.nii"), "--mask", mask, "--out", _folder.Path(output), "--work", _folder.Path(work),
        "--protocol", SmallNetwork.Write(_folder), "--workers", "1", "--quiet", "--json", .. options,
    ];

    /// <param name="missing">Voxels of the last slice that are not in it.</param>
    private string Mask(string name, int missing) => _folder.Write(name + ".nii",
        _scan.Mask(voxel => voxel < 7 * PerSlice || voxel % PerSlice >= missing));

    /// <summary>A little of it, by the voxel and the volume, so that there is something to denoise.</summary>
    private static float WithNoise(int voxel, int volume, float signal) =>
        signal + 10 * (float)Math.Sin(12.9898 * voxel + 78.233 * volume);
}
