using Ivim.Actors.Artifacts;
using Ivim.Domain.Work;
using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Planning;

/// <summary>Computes items once more, in memory, and compares their bits with the stored ones.</summary>
/// <param name="store">Has to leave damaged files where they are.</param>
public sealed class SecondMaking(FolderArtifactStore store, ComputeDevice device)
{
    /// <summary>The only class whose results this machine can make again.</summary>
    public string NumericClass { get; } = Learning.NumericClass.Describe(device);

    /// <param name="dossier">Read by a preparation only; null where it is not known.</param>
    /// <returns>Whether the outputs are equal; null, with the reason, where the item could not be computed.</returns>
    public (bool? IsEqual, string? Reason) Compare(
        WorkItem item, WorkResult first, StudyDossier? dossier, CancellationToken cancellation)
    {
        if (item.NumericClass != NumericClass) return (null, "of another numeric class");
        if (item.Name.Stage == Stage.Prepare && dossier is null) return (null, "its dossier is not there");
        var scratch = new ScratchStore(store);
        scratch.Hide(item.Key);
        try
        {
            var second = Rehearsal.Run(item, scratch, dossier, device, cancellation);
            return (second.OutputsSha256() == first.OutputsSha256(), null);
        }
        catch (RefusalException e)
        {
            return (null, e.Code);
        }
        catch (LostArtifactException)
        {
            return (null, "an input is not there, or damaged");
        }
    }
}
