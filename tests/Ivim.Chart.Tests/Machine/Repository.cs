namespace Ivim.Chart.Tests.Machine;

/// <summary>The checked-out source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Chart => Path.Combine(Root, "deploy", "helm", "ivim");

    public static string Docker => Path.Combine(Root, "deploy", "docker");

    public static string Tests => Path.Combine(Root, "tests", "Ivim.Chart.Tests");

    /// <summary>Where a program was built, in the configuration of this project.</summary>
    public static string Built(string project) =>
        Path.Combine(Root, "artifacts", "bin", project, new DirectoryInfo(AppContext.BaseDirectory).Name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ivim.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
