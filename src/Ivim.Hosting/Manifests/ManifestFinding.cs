using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>Something in a manifest that has to be mended before anything starts.</summary>
/// <param name="Entry">Its number in the manifest, 1 for the first: labels and paths are not repeated.</param>
/// <param name="Line">For people, beginning with the code.</param>
public sealed record ManifestFinding(int Entry, string Code, string Line)
{
    internal static ManifestFinding Of(int entry, RefusalException refusal) =>
        new(entry, refusal.Code, refusal.Message);
}
