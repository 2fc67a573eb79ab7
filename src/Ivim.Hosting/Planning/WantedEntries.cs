using Ivim.Actors.Artifacts;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Manifests;
using Ivim.Physics;

namespace Ivim.Hosting.Planning;

/// <summary>The studies that entries of a cohort would be under a protocol.</summary>
internal sealed class WantedEntries(
    DossierFolder dossiers, CohortFolder cohorts, CohortProgress cohort, string document)
{
    private readonly Dictionary<string, string> _documents = [];
    private Dictionary<string, StudyId>? _byName;

    /// <summary>
    /// The study that its files were read for last: of an entry that waits again only the dossiers know it.
    /// </summary>
    public StudyId? LastStudyOf(CohortEntryState entry) => entry switch
    {
        { HasStudy: true } => entry.Study,
        { Phase: CohortEntryPhase.Refused } => null,
        _ => (_byName ??= ByName()).TryGetValue(NameOf(entry), out var study) ? study : null,
    };

    /// <param name="submitted">Its last study, whose files have been hashed.</param>
    /// <returns>Null where that was of other files, or nobody knows any more of which.</returns>
    /// <exception cref="RefusalException">
    /// MANIFEST-LOST, ROOT-MISSING, PATH-OUTSIDE-ROOT, or the protocol does not go with the centre's changes.
    /// </exception>
    public WantedStudy? Of(CohortEntryState entry, StudyEvent.Submitted submitted)
    {
        var (place, placed) = cohorts.EntryOf(cohort.Cohort, entry.Entry.Pseudonym, entry.Entry.EntryHash)
            ?? throw CohortStudies.ManifestLost;
        if (dossiers.Find(submitted.Study) is not { } dossier) return null;
        if (!entry.HasStudy && !IsOf(dossier, placed, new RootJail(place.Root))) return null;
        return new WantedStudy(submitted.Source, DocumentOf(placed.ToEntry().Site), cohort.NumericClass, dossier with
        {
            Output = CohortStudies.OutputOf(place, document), Name = NameOf(entry),
        });
    }

    private static string NameOf(CohortEntryState entry) => Pseudonyms.BidsName(entry.Entry.Pseudonym);

    /// <summary>The latest study of this cohort under each name.</summary>
    private Dictionary<string, StudyId> ByName()
    {
        var (found, output) = (new Dictionary<string, StudyId>(), cohorts.Find(cohort.Cohort)?.Output);
        foreach (var study in dossiers.Studies())
            if (dossiers.Find(study) is { } dossier && Path.GetDirectoryName(dossier.Output) == output)
                found.TryAdd(dossier.Name, study);
        return found;
    }

    /// <summary>An entry that has been written differently since then is another scan.</summary>
    private static bool IsOf(StudyDossier dossier, CohortManifestEntry entry, RootJail root)
    {
        string? Real(string? path) => path is null ? null : root.Resolve(path);
        var named = dossier.Origin ?? new StudyOrigin(dossier.Image, dossier.BValues, dossier.BVectors);
        return (named.Image, named.BValues, named.BVectors, dossier.Mask)
            == (Real(entry.Image), Real(entry.Bvalues), Real(entry.Bvectors), Real(entry.Mask));
    }

    /// <param name="site">What the centre changes; null for nothing.</param>
    private string DocumentOf(string? site)
    {
        if (!_documents.TryGetValue(site ?? "", out var changed))
            _documents[site ?? ""] = changed = SiteProtocol.Apply(document, site);
        return changed;
    }
}
