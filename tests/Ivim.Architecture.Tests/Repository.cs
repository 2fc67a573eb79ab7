namespace Ivim.Architecture.Tests;

/// <summary>The checked-out source tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".sh", ".md", ".json", ".yaml", ".yml", ".proto", ".txt"];

    public static string Root { get; } = FindRoot();

    /// <summary>The names of the folders in `src`.</summary>
    public static IEnumerable<string> Rooms() =>
        Directory.GetDirectories(Path.Combine(Root, "src")).Where(HasProject)
            .Select(folder => Path.GetFileName(folder)!);

    public static string ProjectFile(string room) => Path.Combine(Root, "src", room, room + ".csproj");

    /// <summary>Text files of `src` and `tests`, generated ones left out, as paths from the root.</summary>
    public static IEnumerable<string> TextFiles() =>
        from folder in (string[])["src", "tests"]
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        where TextEndings.Contains(Path.GetExtension(path)) && !IsGenerated(path)
        select Path.GetRelativePath(Root, path);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static bool HasProject(string folder) =>
        File.Exists(Path.Combine(folder, Path.GetFileName(folder) + ".csproj"));

    private static bool IsGenerated(string path) =>
        (Path.GetFileName(path).StartsWith("packages.", StringComparison.Ordinal)
            && path.EndsWith("lock.json", StringComparison.Ordinal))
        || path.Contains("/artifacts/", StringComparison.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ivim.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder above the tests holds Ivim.sln");
    }
}
