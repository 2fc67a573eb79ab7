using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>What the words and paths of a manifest may be made of, before a look at any disk.</summary>
internal static class ManifestLabels
{
    private const int LongestCentre = 32, LongestLabel = 128, HighestPriority = 1000;

    /// <exception cref="RefusalException">MANIFEST-CENTRE.</exception>
    public static string Centre(string? label) =>
        label is { Length: > 0 and <= LongestCentre } && label.All(char.IsAsciiLetterOrDigit) ? label
            : throw new RefusalException("MANIFEST-CENTRE", "no centre, or one with other characters",
                "1 to 32 letters and digits", "correct it");

    /// <exception cref="RefusalException">MANIFEST-LABEL.</exception>
    public static string Label(string? label, string role) =>
        label is { Length: > 0 and <= LongestLabel } && label.Trim().Length > 0 && !label.Any(char.IsControl) ? label
            : throw new RefusalException("MANIFEST-LABEL", $"no {role}, or one that is no label",
                "1 to 128 characters of one line", "correct it");

    /// <exception cref="RefusalException">MANIFEST-PRIORITY.</exception>
    public static int Priority(int? priority) => priority is { } number && Math.Abs((long)number) <= HighestPriority
        ? number : throw new RefusalException("MANIFEST-PRIORITY",
            "a priority that is no whole number, or too far from 0", "-1000 to 1000, 0 for normal", "correct it");
}
