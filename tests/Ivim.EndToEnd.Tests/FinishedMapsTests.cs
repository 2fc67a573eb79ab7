using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>Every real scan ends in all of its maps; <see cref="RepeatedRunTests"/> looks at the prostate's.</summary>
public sealed class FinishedMapsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task An_abdomen_is_mapped_by_networks_of_the_default_size()
    {
        var run = await MapAsync(RealScan.Abdomen(1), "--members", "2", "--steps", "60");
        Assert.Equal(4, run.Computed("train"));
    }

    [SkippableFact]
    public async Task Legs_of_25_slices_with_unsorted_b_values_and_directions_are_mapped()
    {
        var run = await MapAsync(RealScan.Muscle(), "--protocol", SmallNetwork.Write(_folder), "--steps", "20");
        Assert.Equal(13, run.Computed("merge"));
        Assert.DoesNotContain("BVEC-ABSENT", run.WarningCodes);
    }

    [SkippableFact]
    public async Task A_cord_without_b_0_is_mapped_and_the_reference_is_told()
    {
        var run = await MapAsync(RealScan.Cord(), "--protocol", SmallNetwork.Write(_folder));
        Assert.Contains("NO-B0", run.WarningCodes);
        var sideCar = PublishedStudy.Json(new PublishedStudy(_folder.Path("out")).SideCar("S0"));
        Assert.Equal(5, (double?)sideCar["Model"]!["Parameters"]!["ReferenceBValue"]);
    }

    [SkippableFact]
    public async Task A_cord_without_b_0_is_refused_by_the_segmented_fit()
    {
        var run = await IvimProcess.RunAsync(RealScan.Cord().MapTo(_folder.Path("out"), "--method", "segmented"));
        run.MustBeRefusal(Finished.BadInput, "SEGMENTED-NEEDS-B0");
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [SkippableFact]
    public async Task A_prostate_is_mapped_by_least_squares()
    {
        var scan = RealScan.Prostate();
        var run = await IvimProcess.RunAsync(scan.MapTo(_folder.Path("out"), "--method", "nlls"));
        PublishedAssert.IsComplete(_folder.Path("out"), scan.Image, run.MustBeDone(), "nlls");
        Assert.Contains("B-MAX", run.WarningCodes);
    }

    private async Task<Finished> MapAsync(RealScan scan, params string[] options)
    {
        var run = await IvimProcess.RunAsync(scan.MapTo(_folder.Path("out"), options));
        PublishedAssert.IsComplete(_folder.Path("out"), scan.Image, run.MustBeDone(), "cnn-bilstm-mham");
        return run;
    }
}
