using Ivim.Actors.Artifacts;
using Ivim.Actors.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>What a stage works with.</summary>
internal sealed record StageContext(
    WorkItem Item, Protocol Protocol, IArtifactStore Store, IStageWatch Watch, CancellationToken Cancellation)
{
    /// <exception cref="LostArtifactException">The input is missing or damaged.</exception>
    public NamedArrays Read(WorkInput input)
    {
        try
        {
            return ArrayFile.Read(Store.Read(input.Artifact)).Arrays;
        }
        catch (InvalidDataException)
        {
            throw new LostArtifactException(input.Artifact);
        }
    }

    public NamedArrays Read(string input) => Read(Item.Input(input));

    public NamedArtifact Put(string name, NamedArrays arrays) => new(name, Store.Put(ArrayFile.Write(arrays)));

    public static WorkResult Result(IEnumerable<NamedArtifact> outputs, IEnumerable<string>? notes = null) =>
        new([.. outputs], notes is null ? [] : [.. notes], Reused: false);
}
