using Ivim.Actors.Artifacts;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Cohorts;
using Ivim.Physics;

namespace Ivim.Hosting.Planning;

/// <summary>The studies that entries of a cohort would be under a protocol.</summary>
internal sealed class WantedEntries(
    DossierFolder dossiers, CohortFolder cohorts, CohortProgress cohort, string document)
{
    private readonly Dictionary<string, string> _documents = [];

    /// <param name="submitted">Its last study, whose files have been hashed.</param>
    /// <returns>Null where nobody knows any more which files these were.</returns>
    /// <exception cref="RefusalException">MANIFEST-LOST, or the protocol does not go with the centre's changes.</exception>
    public WantedStudy? Of(CohortEntryState entry, StudyEvent.Submitted submitted)
    {
        var (place, placed) = cohorts.EntryOf(cohort.Cohort, entry.Entry.Pseudonym, entry.Entry.EntryHash)
            ?? throw CohortStudies.ManifestLost;
        if (dossiers.Find(entry.Study) is not { } dossier) return null;
        return new WantedStudy(submitted.Source, DocumentOf(placed.ToEntry().Site), cohort.NumericClass, dossier with
        {
            Output = CohortStudies.OutputOf(place, document), Name = Pseudonyms.BidsName(entry.Entry.Pseudonym),
        });
    }

    /// <param name="site">What the centre changes; null for nothing.</param>
    private string DocumentOf(string? site)
    {
        if (!_documents.TryGetValue(site ?? "", out var changed))
            _documents[site ?? ""] = changed = SiteProtocol.Apply(document, site);
        return changed;
    }
}
