using System.Text.Json;
using Ivim.Cli.LocalCluster;
using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Cli.Remote;

/// <summary>Which server is asked, and with which token.</summary>
/// <param name="Urls">Of servers that know the same studies, the first choice first; read again at each call.</param>
/// <param name="Trust">Whom to believe instead of the system's authorities; null for those.</param>
/// <param name="IsLocal">Whether it is a local cluster, which writes to this machine's disks.</param>
internal sealed record ServerAddress(
    Func<IReadOnlyList<Uri>> Urls, string Token, ServerTrust? Trust, bool IsLocal)
{
    private const string TokenVariable = "IVIM_TOKEN", AuthorityVariable = "IVIM_CA";

    /// <exception cref="RefusalException">
    /// SERVER-UNNAMED, SERVER-URL, CLUSTER-UNKNOWN, TOKEN-MISSING, CA-UNREADABLE.
    /// </exception>
    public static ServerAddress Of(ServerChoice choice) => choice switch
    {
        { Server: not null, Work: not null } or { Server: null, Work: null } => throw new RefusalException(
            "SERVER-UNNAMED", choice.Server is null ? "no server" : "two servers",
            "--server URL, or --work DIR of a local cluster", "name one"),
        { Server: { } text } => OfServer(UrlOf(text), choice),
        { Work: var folder } => OfCluster(folder!, choice),
    };

    private static ServerAddress OfCluster(string folder, ServerChoice choice)
    {
        // Refused before its token is missed.
        _ = UrlsOfCluster(folder);
        return new ServerAddress(() => UrlsOfCluster(folder),
            FirstLine(choice.TokenFile ?? Path.Combine(folder, "token")), Trust: null, IsLocal: true);
    }

    private static ServerAddress OfServer(Uri url, ServerChoice choice)
    {
        var authority = choice.Authority ?? Environment.GetEnvironmentVariable(AuthorityVariable);
        return new ServerAddress(() => [url], FileOrVariable(choice.TokenFile),
            string.IsNullOrEmpty(authority) ? null : ServerTrust.FromFile(authority, TimeProvider.System),
            IsLocal: false);
    }

    private static Uri UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new RefusalException("SERVER-URL", "a server that is no URL", "for example http://127.0.0.1:8053",
                "correct --server");

    /// <summary>
    /// The seed that was alive when the file was written, then all others: nobody writes it anew when a seed dies.
    /// </summary>
    private static Uri[] UrlsOfCluster(string folder)
    {
        try
        {
            using var cluster = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cluster.json")));
            var first = UrlOf(cluster.RootElement.GetProperty("url").GetString() ?? "");
            return [first, .. UrlsOfSeeds(cluster.RootElement).Where(url => url != first)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RefusalException("CLUSTER-UNKNOWN", "no local cluster in the folder of --work",
                "the folder of an `ivim cluster up`", "start one there, or name a server with --server", e);
        }
    }

    private static IEnumerable<Uri> UrlsOfSeeds(JsonElement cluster) =>
        cluster.TryGetProperty("nodes", out var nodes)
            ? nodes.EnumerateArray()
                .Where(node => node.TryGetProperty("apiPort", out var port) && port.ValueKind == JsonValueKind.Number)
                .Select(node => new UriBuilder(
                    Uri.UriSchemeHttp, LocalNode.Host, node.GetProperty("apiPort").GetInt32()).Uri)
            : [];

    private static string FileOrVariable(string? file)
    {
        if (file is not null) return FirstLine(file);
        return Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token ? token.Trim()
            : throw NoToken(null);
    }

    private static string FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } token ? token : throw NoToken(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoToken(e);
        }
    }

    private static RefusalException NoToken(Exception? cause) => new("TOKEN-MISSING", "no token for the server",
        $"a readable file with it, or the environment variable {TokenVariable}", "name the file with --token-file",
        cause);
}
