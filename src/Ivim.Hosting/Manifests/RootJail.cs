using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>
/// The one folder that the files of a manifest may lie in, whatever links and dots a path is made of.
/// </summary>
public sealed class RootJail
{
    private const int MostLinks = 40;

    /// <exception cref="RefusalException">ROOT-MISSING.</exception>
    public RootJail(string root)
    {
        if (!Directory.Exists(root))
            throw new RefusalException("ROOT-MISSING", "no folder as the manifest's root", "a folder that exists",
                "correct --root");
        Root = RealPath(Path.GetFullPath(root)) ?? throw Outside();
    }

    /// <summary>Without links.</summary>
    public string Root { get; }

    /// <param name="path">Relative to the root, or absolute.</param>
    /// <returns>Where it really lies; whether there is a file is another question.</returns>
    /// <exception cref="RefusalException">PATH-OUTSIDE-ROOT.</exception>
    public string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0')) throw Outside();
        // `a/../b` is another file than `b` where `a` is a link, and nobody who lists files writes it.
        if (path.Split('/').Contains("..")) throw Outside();
        var real = RealPath(Path.Combine(Root, path)) ?? throw Outside();
        return IsInside(real) ? real : throw Outside();
    }

    /// <summary>What can be said of a path without a look at the disk.</summary>
    /// <exception cref="RefusalException">PATH-OUTSIDE-ROOT.</exception>
    internal static void RequireInside(string path)
    {
        bool isPlain = path.Length > 0 && !Path.IsPathRooted(path) && !path.Any(char.IsControl)
            && !path.Split('/', '\\').Contains("..");
        if (!isPlain) throw Outside();
    }

    /// <summary>The path as the manifest keeps it.</summary>
    public string Relative(string real) => Path.GetRelativePath(Root, real);

    private bool IsInside(string real) =>
        Root == "/" || real.StartsWith(Root + '/', StringComparison.Ordinal);

    /// <summary>Every link on the way replaced by what it points to; null where they go in circles.</summary>
    private static string? RealPath(string path)
    {
        var ahead = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var (real, links) = ("", 0);
        while (ahead.TryPop(out var part))
        {
            if (part == ".") continue;
            if (part == "..")
            {
                real = real.Length == 0 ? "" : real[..real.LastIndexOf('/')];
                continue;
            }
            string next = $"{real}/{part}";
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks) return null;
            if (target.StartsWith('/')) real = "";
            foreach (var piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) ahead.Push(piece);
        }
        return real.Length == 0 ? "/" : real;
    }

    private static RefusalException Outside() => new("PATH-OUTSIDE-ROOT", "a path that leaves the manifest's root",
        "files below the root, without `..`, after all links", "move the files or name another --root");
}
