using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>Where the programs of the nodes lie.</summary>
/// <param name="Seed">Command line that begins a seed.</param>
/// <param name="Worker">Command line that begins a worker.</param>
internal sealed record NodePrograms(IReadOnlyList<string> Seed, IReadOnlyList<string> Worker)
{
    private const string SeedRoom = "Ivim.Cluster.Seed", WorkerRoom = "Ivim.Cluster.Worker";

    public IReadOnlyList<string> Of(LocalNode node) => node.Role == LocalNode.Seed ? Seed : Worker;

    /// <exception cref="RefusalException">`PROGRAM-MISSING`.</exception>
    public static NodePrograms OfThisProgram() =>
        Near(AppContext.BaseDirectory, Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet");

    /// <param name="folder">The folder of ivim.dll: one of a build's output folders, or a published one.</param>
    /// <param name="dotnet">What runs a program.</param>
    public static NodePrograms Near(string folder, string dotnet) =>
        new([dotnet, Find(folder, SeedRoom)], [dotnet, Find(folder, WorkerRoom)]);

    private static string Find(string folder, string room)
    {
        var here = Path.TrimEndingDirectorySeparator(folder);
        var program = room + ".dll";
        string[] places =
        [
            Path.GetFullPath(Path.Combine(here, "..", "..", room, Path.GetFileName(here), program)),
            Path.Combine(here, program),
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new RefusalException(
            "PROGRAM-MISSING", $"no {program}", "it beside ivim.dll or in the build's folder of the same kind",
            "start ivim with ./ivim, which builds it, or publish the three programs into one folder");
    }

    private static bool IsDotnet(string path) => Path.GetFileName(path) == "dotnet";
}
