using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>The page beside the maps, from `ivim map` and again from `ivim report`.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_page_is_made_again_bit_by_bit_and_with_regions_on_request()
    {
        string scan = _folder.Path("scan"), maps = _folder.Path("maps");
        (await IvimProcess.RunAsync("simulate", "--out", scan, "--size", "12", "12", "4")).MustBeDone();
        (await IvimProcess.RunAsync("map", Path.Combine(scan, "sub-01_dwi.nii.gz"), "--out", maps, "--method", "nlls",
            "--workers", "1", "--quiet")).MustBeDone();
        var path = Path.Combine(maps, "sub-01.html");
        var page = await File.ReadAllBytesAsync(path);

        var again = (await IvimProcess.RunAsync("report", maps, "--json")).MustBeDone();
        Assert.Equal(path, (string?)again.Report["reports"]![0]);
        Assert.Equal(page, await File.ReadAllBytesAsync(path));

        var labels = Path.Combine(scan, "truth", "labels.nii.gz");
        await File.WriteAllTextAsync(Path.ChangeExtension(labels[..^3], ".tsv"), "index\tname\n1\t<muscle>\n");
        (await IvimProcess.RunAsync("report", maps, "--roi", labels)).MustBeDone();
        Assert.Contains("&lt;muscle&gt;", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }
}
