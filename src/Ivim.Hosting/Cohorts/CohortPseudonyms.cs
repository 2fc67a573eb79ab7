using System.Security.Cryptography;
using System.Text;

namespace Ivim.Hosting.Cohorts;

/// <summary>Names that say nothing of a subject to anyone without the key (HMAC-SHA-256, RFC 2104).</summary>
internal sealed class CohortPseudonyms(byte[] key)
{
    public const int KeyBytes = 32;

    private const int SubjectLength = 12, SessionLength = 6, BitsPerLetter = 5;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>12 base32 letters for the subject of a centre, and `-` with 6 for a session.</summary>
    public string Of(CohortManifestEntry entry)
    {
        var subject = Code([entry.Centre, entry.Subject], SubjectLength);
        return entry.Session is not { } session ? subject
            : $"{subject}-{Code([entry.Centre, entry.Subject, session], SessionLength)}";
    }

    private string Code(string[] parts, int length)
    {
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Join('\0', parts)));
        return string.Concat(Enumerable.Range(0, length).Select(letter => Letters[Bits(hash, letter)]));
    }

    private static int Bits(byte[] hash, int letter)
    {
        int bit = letter * BitsPerLetter;
        int pair = hash[bit / 8] << 8 | hash[bit / 8 + 1];
        return pair >> (16 - BitsPerLetter - bit % 8) & (1 << BitsPerLetter) - 1;
    }
}
