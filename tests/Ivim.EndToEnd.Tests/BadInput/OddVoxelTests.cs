using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>Scans that are mapped although some of their voxels cannot be.</summary>
public sealed class OddVoxelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Voxels_that_no_fit_can_use_are_left_out_and_counted()
    {
        var scan = new MadeScan
        {
            Change = (voxel, volume, signal) => (voxel, volume) switch
            {
                (3, 4) => float.NaN,
                (5, 7) => float.PositiveInfinity,
                (9, 0) => 0,
                (70, _) => 123,
                _ => signal,
            },
        };
        string mask = _folder.Write("mask.nii", scan.Mask(_ => true));
        var run = await MapAsync(scan.Write(_folder), "--mask", mask);
        Assert.Equal(["VOXELS-CONSTANT", "VOXELS-NO-REFERENCE", "VOXELS-NOT-FINITE"],
            run.WarningCodes.Where(code => code.StartsWith("VOXELS-", StringComparison.Ordinal)).Order());
        var mapped = new PublishedStudy(_folder.Path("out")).Read("mask").Voxels;
        Assert.Equal([3, 5, 9, 70], Enumerable.Range(0, mapped.Length).Where(voxel => mapped[voxel] == 0));
    }

    [Fact]
    public async Task One_slice_is_a_volume() => await MapAsync(new MadeScan { Slices = 1 }.Write(_folder));

    [Fact]
    public async Task One_voxel_in_one_slice_of_many_is_mapped()
    {
        var scan = new MadeScan { Slices = 9 };
        string mask = _folder.Write("mask.nii", scan.Mask(voxel => voxel == 200));
        await MapAsync(scan.Write(_folder), "--mask", mask, "--slab-slices", "2");
        Assert.Equal(1, new PublishedStudy(_folder.Path("out")).Read("mask").Voxels.Sum());
    }

    private async Task<Finished> MapAsync(string image, params string[] options)
    {
        var run = await Refused.RunAsync(_folder, image, [.. options, "--json"]);
        PublishedAssert.IsComplete(_folder.Path("out"), image, run.MustBeDone(), "nlls");
        return run;
    }
}
