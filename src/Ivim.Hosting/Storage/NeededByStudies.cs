using Ivim.Actors.Artifacts;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Storage;

/// <summary>What the studies of a journal, and those that it does not know yet, need of the store.</summary>
/// <remarks>
/// A published study needs what it counts: with that `ivim map` computes nothing. Of another one also the results count
/// that were stored and not yet journaled. The same holds for a dossier that the journal does not know: its submission
/// may be under way, or the journal was taken away.
/// </remarks>
public sealed class NeededByStudies
{
    private readonly HashSet<ContentKey> _keys = [], _openKeys = [];
    private readonly HashSet<string> _artifacts = [];
    private readonly HashSet<string> _going = [];
    private bool _hasUnknown;

    /// <param name="but">Studies that need no results any more; their protocols stay.</param>
    /// <exception cref="Physics.RefusalException">JOURNAL-UNREADABLE.</exception>
    public static async Task<StoreRoots> OfAsync(
        WorkFolderView folder, IReadOnlySet<StudyId> but, CancellationToken cancellation)
    {
        var needed = new NeededByStudies();
        var studies = await folder.Records.StudiesAsync(cancellation);
        var born = new HashSet<StudyId>();
        foreach (var study in studies)
        {
            var record = await folder.Records.ReadAsync(study, cancellation);
            if (!record.Exists) continue;
            born.Add(study);
            if (but.Contains(study)) needed._artifacts.Add(record.Study.ProtocolArtifact.Sha256);
            else needed.Add(record);
        }
        foreach (var study in folder.Dossiers.Studies().Where(study => !born.Contains(study)))
            needed.AddUnknown(folder, study);
        return new StoreRoots(needed._keys, needed._artifacts, needed.Wants,
            key => needed._hasUnknown || needed._openKeys.Contains(key));
    }

    /// <summary>The studies that later runs of the same source have replaced.</summary>
    /// <exception cref="Physics.RefusalException">JOURNAL-UNREADABLE.</exception>
    public static async Task<IReadOnlySet<StudyId>> SupersededAsync(
        WorkFolderView folder, CancellationToken cancellation)
    {
        var superseded = new SupersededStudies();
        foreach (var study in await folder.Records.StudiesAsync(cancellation))
            superseded.Add(await folder.Records.ReadAsync(study, cancellation));
        return superseded.Before(folder.Dossiers.Submissions());
    }

    private void Add(StudyRecord record)
    {
        var (study, maps) = (record.Study, record.Maps);
        _artifacts.Add(study.ProtocolArtifact.Sha256);
        Add(study.Ledger);
        Add(maps.Ledger);
        foreach (var input in maps.Members.Values.SelectMany(members => members).Append(maps.Frame)) Add(input);
        if (study.Phase == StudyPhase.Published) return;
        _going.Add(study.Id.Value);
        var open = StudyPlan.Items(study).Where(name => !study.Ledger.Results.ContainsKey(name))
            .Select(name => StudyPlan.ItemOf(study, name))
            .Concat(AggregatePlan.Items(maps).Select(name => AggregatePlan.ItemOf(maps, name)));
        foreach (var item in open.OfType<WorkItem>())
        {
            _openKeys.Add(item.Key);
            _keys.Add(item.Key);
        }
    }

    private void Add(ItemLedger ledger)
    {
        foreach (var settled in ledger.Results.Values.Concat(ledger.Lost.Values))
        {
            _keys.Add(settled.Key);
            foreach (var output in settled.Result.Outputs) _artifacts.Add(output.Artifact.Sha256);
        }
    }

    private void Add(WorkInput input)
    {
        _artifacts.Add(input.Artifact.Sha256);
        if (input.ProducedBy.Hex is not null) _keys.Add(input.ProducedBy);
    }

    private void AddUnknown(WorkFolderView folder, StudyId study)
    {
        _hasUnknown = true;
        _going.Add(study.Value);
        try
        {
            _artifacts.Add(folder.Dossiers.Read(study).Protocol);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidDataException)
        {
            // Unreadable: the study's own results stay all the same, and a submission stores its protocol again.
        }
    }

    /// <summary>A result of an earlier release does not say whose it is.</summary>
    private bool Wants(StoredResult stored) => stored.Study is { } study ? _going.Contains(study) : _hasUnknown;
}
