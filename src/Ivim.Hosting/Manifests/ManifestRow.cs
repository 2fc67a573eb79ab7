namespace Ivim.Hosting.Manifests;

/// <summary>An entry as it is written, before anything of it is believed.</summary>
/// <param name="Number">1 for the first study of the manifest.</param>
internal sealed record ManifestRow(int Number)
{
    public string? Centre { get; init; }

    public string? Subject { get; init; }

    public string? Session { get; init; }

    public string? Image { get; init; }

    public string? BValues { get; init; }

    public string? BVectors { get; init; }

    public string? Mask { get; init; }

    /// <summary>Path of the centre's changes to the protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>The same as a JSON object.</summary>
    public string? Site { get; init; }

    public string? Priority { get; init; }
}
