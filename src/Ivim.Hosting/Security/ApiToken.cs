using System.Security.Cryptography;
using System.Text;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>The secret that the HTTP API asks for; in memory there is only its SHA-256.</summary>
public sealed class ApiToken
{
    public const int LeastCharacters = 16;

    private readonly byte[] _sha256;

    private ApiToken(string text) => _sha256 = Hash(text);

    /// <param name="text">From the environment; never from a command line, which other users can read.</param>
    /// <exception cref="RefusalException">TOKEN-SHORT.</exception>
    public static ApiToken FromText(string text)
    {
        var token = text.Trim();
        return token.Length >= LeastCharacters ? new ApiToken(token) : throw new RefusalException("TOKEN-SHORT",
            $"a token of {token.Length} characters", $"at least {LeastCharacters}",
            "make one with `openssl rand -hex 32`");
    }

    /// <summary>Takes as long for a token that is nearly right as for one that is all wrong.</summary>
    public bool Matches(string? presented) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(_sha256, Hash(presented));

    /// <summary>The value of an `Authorization` header: `Bearer` and the token.</summary>
    public bool MatchesHeader(string? authorization)
    {
        const string scheme = "Bearer ";
        return authorization is not null && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && Matches(authorization[scheme.Length..].Trim());
    }

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => nameof(ApiToken);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
