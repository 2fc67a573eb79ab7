using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Storage;

/// <summary>A store against its names, and what the journal's studies count against the store.</summary>
public sealed class WorkFolderAudit(WorkFolderView folder)
{
    private readonly List<StoreFinding> _findings = [];
    private readonly FreedStudies _freed = new(folder);
    private readonly Dictionary<StudyId, StudyDossier> _dossiers = [];
    private readonly Dictionary<ContentKey, CountedResult> _counted = [];

    public StoreAudit Store { get; } = new(folder.Store);

    public int Studies { get; private set; }

    /// <summary>Results that the store has no longer since `ivim gc` freed them, with their studies.</summary>
    public int Freed { get; private set; }

    public IEnumerable<StoreFinding> Findings => Store.Findings.Concat(_findings);

    /// <summary>What the studies count, the store holds and can be computed again from its inputs, by key.</summary>
    public IReadOnlyList<CountedResult> Counted =>
        [.. _counted.Values.OrderBy(counted => counted.Item.Key.Hex, StringComparer.Ordinal)];

    /// <exception cref="Physics.RefusalException">JOURNAL-UNREADABLE.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var studies = await folder.Records.StudiesAsync(cancellation);
        Store.Run(cancellation);
        foreach (var study in folder.Dossiers.Studies()) ReadDossier(study);
        foreach (var study in studies)
        {
            var madeAgain = await _freed.CountedSinceAsync(study, cancellation);
            Check(study, await folder.Records.ReadAsync(study, cancellation),
                key => madeAgain?.Contains(key) == false);
        }
        Studies = studies.Count;
    }

    private void ReadDossier(StudyId study)
    {
        try
        {
            _dossiers[study] = folder.Dossiers.Read(study);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException)
        {
            _findings.Add(new StoreFinding("FSCK-DOSSIER-UNREADABLE", $"dossier of {study}", "it does not read back",
                "submit the study again"));
        }
    }

    private void Check(StudyId study, StudyRecord record, Func<ContentKey, bool> isFreed)
    {
        if (!record.Exists) return;
        if (Store.StateOf(record.Study.ProtocolArtifact) == ArtifactState.Missing)
            _findings.Add(new StoreFinding("FSCK-PROTOCOL-LOST", $"protocol of {study}", "the artifact is not there",
                "submit the study again"));
        foreach (var (name, settled) in record.Study.Ledger.Results)
            Check(study, name, settled, StudyPlan.ItemOf(record.Study, name), isFreed);
        foreach (var (name, settled) in record.Maps.Ledger.Results)
            Check(study, name, settled, AggregatePlan.ItemOf(record.Maps, name), isFreed);
    }

    /// <param name="item">As this release plans it; of another key after a change of its stage's version.</param>
    /// <param name="isFreed">Whether a result may be gone since `ivim gc` freed it.</param>
    private void Check(
        StudyId study, ItemName name, Settled settled, WorkItem? item, Func<ContentKey, bool> isFreed)
    {
        if (!Store.Results.TryGetValue(settled.Key, out var stored))
        {
            bool isGone = name.Stage != Stage.Publish && settled.Result.Outputs.Any(output =>
                Store.StateOf(output.Artifact) == ArtifactState.Missing);
            if (isGone && isFreed(settled.Key)) Freed++;
            else if (isGone)
                _findings.Add(new StoreFinding("FSCK-RESULT-LOST", $"{name} of {study}",
                    "the journal counts a result that the store has not", "run the study again: it is computed again"));
        }
        else if (!stored.Result.Agrees(settled.Result))
        {
            _findings.Add(new StoreFinding("FSCK-RESULT-DIFFERS", $"{name} of {study}, result {settled.Key}",
                "the journal counts other outputs than the store holds", "see HASH-MISMATCH"));
        }
        else if (item is not null && item.Key == settled.Key && CanBeMadeAgain(item))
        {
            _counted.TryAdd(item.Key,
                new CountedResult(item, settled.Result, _dossiers.GetValueOrDefault(study)));
        }
    }

    /// <summary>Publishing has an effect outside the store.</summary>
    private bool CanBeMadeAgain(WorkItem item) => item.Name.Stage != Stage.Publish
        && item.Inputs.Select(input => input.Artifact).Append(item.Protocol)
            .All(artifact => Store.StateOf(artifact) == ArtifactState.Whole);
}

/// <summary>A stored result that a study counts.</summary>
/// <param name="Dossier">Null where none is readable.</param>
public sealed record CountedResult(WorkItem Item, WorkResult Result, StudyDossier? Dossier);
