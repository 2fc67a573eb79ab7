using System.Text.Json;
using Ivim.Physics;

namespace Ivim.Cli.Remote;

/// <summary>Which server is asked, and with which token.</summary>
/// <param name="IsLocal">Whether it is a local cluster, which writes to this machine's disks.</param>
internal sealed record ServerAddress(Uri Url, string Token, bool IsLocal)
{
    private const string TokenVariable = "IVIM_TOKEN";

    /// <exception cref="RefusalException">SERVER-UNNAMED, SERVER-URL, CLUSTER-UNKNOWN, TOKEN-MISSING.</exception>
    public static ServerAddress Of(ServerChoice choice) => choice switch
    {
        { Server: not null, Work: not null } or { Server: null, Work: null } => throw new RefusalException(
            "SERVER-UNNAMED", choice.Server is null ? "no server" : "two servers",
            "--server URL, or --work DIR of a local cluster", "name one"),
        { Server: { } url } => new ServerAddress(UrlOf(url), FileOrVariable(choice.TokenFile), IsLocal: false),
        { Work: var folder } => new ServerAddress(
            UrlOfCluster(folder!), FirstLine(choice.TokenFile ?? Path.Combine(folder!, "token")), IsLocal: true),
    };

    private static Uri UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new RefusalException("SERVER-URL", "a server that is no URL", "for example http://127.0.0.1:8053",
                "correct --server");

    private static Uri UrlOfCluster(string folder)
    {
        try
        {
            using var cluster = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cluster.json")));
            return UrlOf(cluster.RootElement.GetProperty("url").GetString() ?? "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            throw new RefusalException("CLUSTER-UNKNOWN", "no local cluster in the folder of --work",
                "the folder of an `ivim cluster up`", "start one there, or name a server with --server", e);
        }
    }

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
