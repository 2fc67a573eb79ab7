using System.Security.Cryptography;
using System.Text.Json;

namespace Ivim.Domain.Cohorts;

/// <summary>
/// Names for subjects and sessions that nobody can turn back without the key: HMAC-SHA-256 (RFC 2104), of which 60 and
/// 30 bits are written in base32 (RFC 4648, lower case).
/// </summary>
/// <remarks>
/// 60 bits: among 100,000 subjects two share a name with a chance of 4e-9. A key is made once for a cohort, so that a
/// subject has one name in all of its scans, and another one in another cohort.
/// </remarks>
public sealed class Pseudonyms
{
    public const int KeyBytes = 32;

    private const int SubjectLength = 12, SessionLength = 6, BitsOfCharacter = 5;
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly byte[] _key;

    /// <param name="key">32 random bytes.</param>
    public Pseudonyms(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException("a key of 32 bytes is expected", nameof(key));
        _key = key.ToArray();
    }

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <returns>12 characters for the subject, and `-` with 6 more where there is a session.</returns>
    public string Of(string centre, string subject, string? session)
    {
        var person = Name(SubjectLength, centre, subject);
        return session is null ? person : $"{person}-{Name(SessionLength, centre, subject, session)}";
    }

    /// <summary>The BIDS name of outputs: `sub-…_dwi`, or `sub-…_ses-…_dwi`.</summary>
    public static string BidsName(string pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return pseudonym.Length == SubjectLength ? $"sub-{pseudonym}_dwi"
            : $"sub-{pseudonym[..SubjectLength]}_ses-{pseudonym[(SubjectLength + 1)..]}_dwi";
    }

    /// <remarks>As a JSON array the words cannot run into each other.</remarks>
    private string Name(int length, params string[] words)
    {
        byte[] hash = HMACSHA256.HashData(_key, JsonSerializer.SerializeToUtf8Bytes(words));
        ulong bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
        return string.Create(length, bits, (characters, rest) =>
        {
            for (int i = 0; i < characters.Length; i++)
                characters[i] = Base32[(int)(rest >> (64 - BitsOfCharacter * (i + 1))) & 31];
        });
    }
}
