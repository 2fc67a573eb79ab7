using System.Buffers;

namespace Ivim.Domain.Cohorts;

/// <summary>
/// What the journal knows of a study of a cohort. Where its files lie, and whom they show, only the manifest knows.
/// </summary>
/// <param name="Pseudonym">
/// 12 lower-case base32 characters for the subject, and `-` with 6 more for a session.
/// </param>
/// <param name="Centre">1 to 32 letters and digits.</param>
/// <param name="EntryHash">SHA-256 of the canonical entry of the manifest, lower-case hexadecimal.</param>
/// <param name="Priority">0 is normal; a higher one goes first.</param>
public sealed record CohortEntry(string Pseudonym, string Centre, string EntryHash, int Priority)
{
    private const int SubjectLength = 12, SessionLength = 6, LongestCentre = 32, HashLength = 64;

    private static readonly SearchValues<char> Base32 = SearchValues.Create("abcdefghijklmnopqrstuvwxyz234567");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Anything else could hold a name or a path, which must not reach the journal.</summary>
    public bool IsSound => IsPseudonym(Pseudonym)
        && Centre is { Length: >= 1 and <= LongestCentre } && Centre.All(char.IsAsciiLetterOrDigit)
        && EntryHash is { Length: HashLength } && !EntryHash.AsSpan().ContainsAnyExcept(Hex);

    private static bool IsPseudonym(string text) => text.Length switch
    {
        SubjectLength => IsBase32(text),
        SubjectLength + 1 + SessionLength => text[SubjectLength] == '-'
            && IsBase32(text.AsSpan(0, SubjectLength)) && IsBase32(text.AsSpan(SubjectLength + 1)),
        _ => false,
    };

    private static bool IsBase32(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Base32);
}
