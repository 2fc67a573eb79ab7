using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Ivim.Hosting.Dashboard;

/// <summary>The files of the dashboard, as they were built into this assembly.</summary>
internal static class DashboardFiles
{
    /// <summary>Of the names of the resources; what follows is a path as browsers ask for it.</summary>
    private const string Prefix = "dashboard/", Vendor = "vendor/", Index = "index.html";

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8", [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml", [".txt"] = "text/plain; charset=utf-8",
    };

    private static readonly FrozenDictionary<string, Lazy<DashboardFile>> Files = typeof(DashboardFiles).Assembly
        .GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new Lazy<DashboardFile>(() => Read(name)));

    public static IEnumerable<string> Names => Files.Keys;

    /// <param name="path">Below the root; empty for the first page.</param>
    /// <returns>Null where there is no such file.</returns>
    public static DashboardFile? Find(string? path) =>
        Files.GetValueOrDefault(string.IsNullOrEmpty(path) ? Index : path)?.Value;

    private static DashboardFile Read(string name)
    {
        using var resource = typeof(DashboardFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        var sum = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new DashboardFile(bytes, packed.ToArray(), ContentTypes[Path.GetExtension(name)], $"\"{sum}\"",
            $"\"{sum}-gzip\"", name.StartsWith(Prefix + Vendor, StringComparison.Ordinal));
    }
}

/// <param name="Packed">The same bytes by gzip.</param>
/// <param name="Tag">Quoted, as an `ETag` has it; another one for the packed bytes.</param>
/// <param name="IsVersioned">Whether the name holds the version, so that its bytes never change.</param>
internal sealed record DashboardFile(
    byte[] Bytes, byte[] Packed, string ContentType, string Tag, string PackedTag, bool IsVersioned);
