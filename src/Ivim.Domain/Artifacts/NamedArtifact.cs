namespace Ivim.Domain.Artifacts;

/// <summary>One of the artifacts that a work item made, by its role (`slab-003`, `weights`, `maps`).</summary>
public sealed record NamedArtifact(string Name, ArtifactRef Artifact);

/// <summary>An artifact that a work item reads, and the content key of the item that made it (the lineage).</summary>
public sealed record WorkInput(string Name, ArtifactRef Artifact, ContentKey ProducedBy);
