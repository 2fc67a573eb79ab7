using System.Security.Cryptography;
using System.Text.Json;

namespace Ivim.Domain.Cohorts;

/// <summary>
/// A study as its centre knows it. It names a person and files, and so it stays in the manifest: a cohort's journal
/// holds <see cref="Hash"/> and a pseudonym.
/// </summary>
/// <param name="Centre">1 to 32 letters and digits.</param>
/// <param name="Subject">As the centre calls the subject.</param>
/// <param name="Session">Which of the subject's scans; null where there is one.</param>
/// <param name="Image">4-D NIfTI or DICOM objects; as all paths, below the manifest's root and relative to it.</param>
/// <param name="BValues">Null where the objects tell them.</param>
/// <param name="Site">What the centre's protocol changes of the cohort's, as a JSON object; null for nothing.</param>
/// <param name="Priority">0 is normal; a higher one goes first. It makes no other study.</param>
public sealed record ManifestEntry(
    string Centre,
    string Subject,
    string? Session,
    string Image,
    string? BValues,
    string? BVectors,
    string? Mask,
    string? Site,
    int Priority)
{
    /// <summary>SHA-256 of the entry without its priority, lower-case hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        (string?[])["ivim-manifest/1", Centre, Subject, Session, Image, BValues, BVectors, Mask, Site])));
}
