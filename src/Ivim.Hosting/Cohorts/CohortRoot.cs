using Ivim.Physics;

namespace Ivim.Hosting.Cohorts;

/// <summary>The folder that the paths of a manifest are relative to, and that none of them leaves.</summary>
internal sealed class CohortRoot
{
    private readonly string _root;

    /// <exception cref="RefusalException">PATH-RELATIVE.</exception>
    public CohortRoot(string root)
    {
        if (!Path.IsPathFullyQualified(root) || root.Contains('\0'))
            throw new RefusalException("PATH-RELATIVE", "a relative path for `root`",
                "an absolute one: a server has another current folder than its caller", "give the whole path");
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    }

    public bool IsThere => Directory.Exists(_root);

    /// <summary>What can be said without a look at the disk.</summary>
    /// <exception cref="RefusalException">PATH-OUTSIDE.</exception>
    public static void Require(string path, string role)
    {
        bool isPlain = path.Length > 0 && !Path.IsPathRooted(path) && !path.Any(char.IsControl)
            && path.Split('/', '\\').All(part => part.Length > 0 && part is not ("." or ".."));
        if (!isPlain) throw Outside(role);
    }

    /// <summary>The absolute path of a file; no link on the way to it leads out of the root.</summary>
    /// <exception cref="RefusalException">PATH-OUTSIDE.</exception>
    public string Of(string path, string role)
    {
        Require(path, role);
        var whole = Path.Combine(_root, path);
        var (real, inside) = (Real(whole), Real(_root) + Path.DirectorySeparatorChar);
        return real.StartsWith(inside, StringComparison.Ordinal) ? whole : throw Outside(role);
    }

    /// <summary>With every link on the way followed; what does not exist stays as it is written.</summary>
    private static string Real(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            var target = info.LinkTarget is null ? null : info.ResolveLinkTarget(returnFinalTarget: true);
            real = target is null ? next : Real(target.FullName);
        }
        return real;
    }

    private static RefusalException Outside(string role) => new("PATH-OUTSIDE",
        $"a path for `{role}` that is not inside the root of the manifest", "a path relative to the root, without `..`",
        "correct the manifest");
}
