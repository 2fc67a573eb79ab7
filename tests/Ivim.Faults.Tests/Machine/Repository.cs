namespace Ivim.Faults.Tests.Machine;

/// <summary>Where the programs under test were built, in the configuration of this project.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Cli => Program("Ivim.Cli", "ivim.dll");

    public static string Seed => Program("Ivim.Cluster.Seed", "Ivim.Cluster.Seed.dll");

    public static string Worker => Program("Ivim.Cluster.Worker", "Ivim.Cluster.Worker.dll");

    public static string TestResults => Path.Combine(Root, "artifacts", "test-results");

    private static string Program(string project, string file) =>
        Path.Combine(Root, "artifacts", "bin", project, new DirectoryInfo(AppContext.BaseDirectory).Name, file);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ivim.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
