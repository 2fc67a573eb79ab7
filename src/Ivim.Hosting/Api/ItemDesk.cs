using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Submissions;
using Ivim.Physics;

namespace Ivim.Hosting.Api;

/// <summary>Tells how the items of a study stand: what their owners know, and who works on them.</summary>
internal sealed class ItemDesk(StudyTalk talk, ClusterDesk cluster, KnownStudies known)
{
    /// <summary>On one page, if the caller does not say otherwise; and whatever the caller says.</summary>
    public const int UsualPage = 100, LargestPage = 1000;

    /// <param name="state">Only items of this one of <see cref="ItemStates"/>; null for all.</param>
    /// <param name="from">The number of the first item that is looked at, whatever its state.</param>
    /// <exception cref="RefusalException">ITEM-STATE.</exception>
    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, or nobody answers.</exception>
    public async Task<ItemPage> PageAsync(
        StudyId study, string? state, int from, int most, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(state) && !ItemStates.All.Contains(state))
            throw new RefusalException("ITEM-STATE", "a state that no item has", string.Join(", ", ItemStates.All),
                "correct `state`");
        known.DossierOf(study);
        var statuses = await talk.ItemsAsync(study, cancellation);
        if (statuses.Count == 0) throw ApiRefusalException.UnknownStudy;
        var work = await cluster.WorkAsync(cancellation);
        var leases = work.Leases.Where(lease => lease.Item.Study == study).ToLookup(lease => lease.Item.Name);
        var wanted = statuses.Select((status, number) => (Number: number, View: View(status, [.. leases[status.Name]])))
            .Skip(from).Where(item => string.IsNullOrEmpty(state) || item.View.State == state);
        int room = Math.Clamp(most, 1, LargestPage);
        var found = wanted.Take(room + 1).ToList();
        return new ItemPage([.. found.Take(room).Select(item => item.View)], statuses.Count,
            found.Count > room ? found[room].Number : null);
    }

    private static ItemView View(ItemStatus status, IReadOnlyList<LeaseShare> leases)
    {
        var (name, phase) = (status.Name, status.Phase);
        bool isRunning = phase == ItemPhase.Ready && leases.Count > 0;
        return new ItemView(name.ToString(), Stages.NameOf(name.Stage), Number(name.Slab), Number(name.Member),
            isRunning ? ItemStates.Running : StateOf(phase), status.Attempts,
            isRunning ? [.. leases.Select(lease => lease.Worker)] : [],
            phase is ItemPhase.Done or ItemPhase.Reused ? 1
                : isRunning ? leases.Max(lease => lease.Fraction) : 0,
            status.Code.Length > 0 ? status.Code : null,
            [.. status.Outputs.Select(output => new ItemArtifactView(output.Name, output.Artifact.Sha256))]);
    }

    private static int? Number(int part) => part == ItemName.None ? null : part;

    private static string StateOf(ItemPhase phase) => phase switch
    {
        ItemPhase.Waiting => ItemStates.Waiting,
        ItemPhase.Ready => ItemStates.Ready,
        ItemPhase.Done => ItemStates.Done,
        ItemPhase.Reused => ItemStates.Reused,
        ItemPhase.Failed => ItemStates.Failed,
        ItemPhase.Stopped => ItemStates.Stopped,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase of a known item"),
    };
}
