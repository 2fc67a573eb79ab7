namespace Ivim.Imaging.Tests;

/// <summary>The real scans beside the repository; tests that need them are skipped where they are absent.</summary>
internal static class SharedData
{
    private static readonly string Root = Find();

    public static string Path(string relative)
    {
        string path = System.IO.Path.Combine(Root, relative);
        Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"no {relative} in ../shared/data");
        return path;
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        for (; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (File.Exists(System.IO.Path.Combine(folder, "Ivim.sln")))
                return System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, "..", "shared", "data"));
        return "absent";
    }
}
