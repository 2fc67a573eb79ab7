namespace Ivim.Cli.Tests.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task The_demo_ends_with_a_table_a_picture_and_where_things_lie()
    {
        using var folder = new TemporaryFolder();
        var run = await ProgramRun.OfAsync(new TruthfulRunner(), "demo", "--out", folder["d"]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(
            "study sub-01: nothing to compute: every result was there, ", run.Output, StringComparison.Ordinal);
        string[] bias = [.. run.Output.Split('\n').Where(line => line.Contains(" all ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^4])];
        Assert.Equal(["5.0", "5.0", "5.0", "5.0"], bias);
        Assert.EndsWith($"picture  {folder["d/maps.png"]}", run.LastLine, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(folder["d/maps.png"])[..4]);
    }

    [Fact]
    public async Task The_demo_may_be_run_again_in_the_same_folder()
    {
        using var folder = new TemporaryFolder();
        var first = await ProgramRun.OfAsync(new TruthfulRunner(), "demo", "--out", folder["d"]);
        byte[] picture = File.ReadAllBytes(folder["d/maps.png"]);
        var second = await ProgramRun.OfAsync(new TruthfulRunner(), "demo", "--out", folder["d"]);
        Assert.Equal(first.ExitCode, second.ExitCode);
        Assert.Equal(picture, File.ReadAllBytes(folder["d/maps.png"]));
    }
}
