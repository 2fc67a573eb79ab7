namespace Ivim.Domain.Artifacts;

/// <summary>Immutable bytes in the artifact store, named by their content.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Length in bytes.</param>
public sealed record ArtifactRef(string Sha256, long Bytes)
{
    public override string ToString() => Sha256[..Math.Min(12, Sha256.Length)];
}
