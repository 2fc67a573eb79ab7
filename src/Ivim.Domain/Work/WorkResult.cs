using System.Collections.Immutable;
using Ivim.Domain.Artifacts;

namespace Ivim.Domain.Work;

/// <summary>What an item made.</summary>
/// <param name="Outputs">Artifacts by role, in a fixed order.</param>
/// <param name="Notes">One-line warnings for people, with a code; no paths, no header text.</param>
/// <param name="Reused">True where the store already held the result of this key.</param>
public sealed record WorkResult(
    ImmutableArray<NamedArtifact> Outputs,
    ImmutableArray<string> Notes,
    bool Reused)
{
    /// <summary>
    /// Whether two results are the same numbers, whoever made them and whether or not they were reused.
    /// </summary>
    public bool Agrees(WorkResult other) => Outputs.SequenceEqual(other.Outputs);

    /// <summary>SHA-256 over the names and contents of the outputs: equal where two results agree.</summary>
    public string OutputsSha256()
    {
        var recipe = new KeyRecipe();
        foreach (var output in Outputs) recipe.With(output.Artifact, output.Name);
        return recipe.ToKey().Hex;
    }

    /// <exception cref="KeyNotFoundException">No output of that name: a defect of the stage.</exception>
    public ArtifactRef Output(string name) => Outputs.FirstOrDefault(output => output.Name == name)?.Artifact
        ?? throw new KeyNotFoundException($"no output {name}");
}

/// <summary>Why an item failed; decides whether it is tried again (RELIABILITY, "retry classes").</summary>
public enum FailureClass
{
    None = 0,

    /// <summary>The machine, not the work: no room on the disk, a lost lease. Tried again without counting.</summary>
    Infrastructure = 1,

    /// <summary>The stage threw. Tried again a bounded number of times, then quarantined.</summary>
    Application = 2,

    /// <summary>The input is at fault. Never tried again.</summary>
    BadInput = 3,

    /// <summary>The worker ran out of memory. Tried again once.</summary>
    OutOfMemory = 4,

    /// <summary>An input artifact is missing or damaged: its maker runs again first.</summary>
    LostInput = 5,

    /// <summary>The worker fell silent, nobody knows why. Counts only where the item got no further.</summary>
    WorkerLost = 6,

    /// <summary>The worker's process crashed, or hung, with the item in its hands. Tried by one other worker.</summary>
    WorkerCrashed = 7,
}

/// <param name="Code">Stable code, for example `NIFTI-TRUNCATED`.</param>
/// <param name="Message">One line for people; no paths, no header text.</param>
/// <param name="LostArtifact">
/// SHA-256 of the artifact that could not be read, for <see cref="FailureClass.LostInput"/>.
/// </param>
/// <param name="Fraction">How far the item had got, where its worker was lost.</param>
public sealed record WorkFailure(FailureClass Class, string Code, string Message, string? LostArtifact = null,
    double? Fraction = null);
