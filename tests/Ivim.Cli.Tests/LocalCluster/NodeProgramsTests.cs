using Ivim.Cli.LocalCluster;
using Ivim.Physics;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class NodeProgramsTests : IDisposable
{
    private static readonly string[] Rooms = ["Ivim.Cluster.Seed", "Ivim.Cluster.Worker"];

    private readonly TemporaryFolder _build = new();

    public void Dispose() => _build.Dispose();

    [Fact]
    public void A_build_has_them_in_the_folders_of_the_same_kind()
    {
        foreach (var room in Rooms)
        {
            Touch($"{room}/debug/{room}.dll");
            Touch($"{room}/release/{room}.dll");
        }
        var programs = NodePrograms.Near(_build["Ivim.Cli/release/"], "dotnet");
        Assert.Equal(["dotnet", _build["Ivim.Cluster.Seed/release/Ivim.Cluster.Seed.dll"]], programs.Seed);
        Assert.Equal(["dotnet", _build["Ivim.Cluster.Worker/release/Ivim.Cluster.Worker.dll"]], programs.Worker);
    }

    [Fact]
    public void A_published_folder_has_them_all()
    {
        foreach (var room in Rooms) Touch($"published/{room}.dll");
        var programs = NodePrograms.Near(_build["published"], "dotnet");
        Assert.Equal(["dotnet", _build["published/Ivim.Cluster.Seed.dll"]], programs.Seed);
    }

    [Fact]
    public void One_that_is_missing_is_named()
    {
        Touch("published/Ivim.Cluster.Seed.dll");
        var refusal = Assert.Throws<RefusalException>(() => NodePrograms.Near(_build["published"], "dotnet"));
        Assert.Equal("PROGRAM-MISSING", refusal.Code);
        Assert.Contains("Ivim.Cluster.Worker.dll", refusal.Message, StringComparison.Ordinal);
    }

    private void Touch(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_build[file])!);
        File.WriteAllText(_build[file], "");
    }
}
