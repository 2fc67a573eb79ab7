using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>A result that is kept of a content key.</summary>
/// <param name="IsWhole">
/// Whether each of its artifacts is there. Where one is not, the item runs again, and what it will make is known
/// nevertheless: equal key, equal bits.
/// </param>
public sealed record KnownResult(WorkResult Result, bool IsWhole);

/// <summary>What a forecast may look up; nothing it asks changes anything.</summary>
public interface IKnownResults
{
    KnownResult? Find(ContentKey key);

    /// <summary>Whether an artifact reads back as its name says.</summary>
    bool IsReadable(ArtifactRef artifact);
}
