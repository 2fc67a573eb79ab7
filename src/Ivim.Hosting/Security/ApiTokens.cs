using System.Collections.Immutable;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>The tokens that an HTTP API knows, each with what its bearer may do.</summary>
public sealed class ApiTokens
{
    private readonly ImmutableArray<(ApiRole Role, ApiToken Token)> _known;

    private ApiTokens(ImmutableArray<(ApiRole, ApiToken)> known) => _known = known;

    /// <param name="text">
    /// A lone token, which may do all, or a line `role token` for each; from a file or the environment.
    /// </param>
    /// <exception cref="RefusalException">TOKEN-LINE, TOKEN-SHORT, TOKEN-TWICE.</exception>
    public static ApiTokens FromText(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines is [] or [_] && Words(text).Length < 2) return new([(ApiRole.Admin, ApiToken.FromText(text))]);
        var known = lines.Select((line, place) => Of(line, place + 1)).ToImmutableArray();
        if (known.DistinctBy(line => line.Text).Count() < known.Length)
            throw new RefusalException("TOKEN-TWICE", "one token on two lines", "a token of its own for each line",
                "make another with `openssl rand -hex 32`");
        return new([.. known.Select(line => (line.Role, ApiToken.FromText(line.Text)))]);
    }

    /// <returns>Of the bearer of an `Authorization` header; null for a stranger.</returns>
    public ApiRole? RoleOf(string? authorization)
    {
        // All are compared: how long it takes does not tell which one was right.
        ApiRole? role = null;
        foreach (var (known, token) in _known)
            if (token.MatchesHeader(authorization)) role = known;
        return role;
    }

    /// <summary>Says nothing of the tokens.</summary>
    public override string ToString() => nameof(ApiTokens);

    private static (ApiRole Role, string Text) Of(string line, int number)
    {
        ApiRole? role = Words(line) is [var name, _] ? name switch
        {
            "viewer" => ApiRole.Viewer,
            "operator" => ApiRole.Operator,
            "admin" => ApiRole.Admin,
            _ => null,
        } : null;
        return role is { } known ? (known, Words(line)[1]) : throw new RefusalException("TOKEN-LINE",
            $"line {number} of the tokens, which is not a role and a token",
            "`viewer`, `operator` or `admin`, a blank and the token", "correct the line, or keep one token alone");
    }

    private static string[] Words(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
