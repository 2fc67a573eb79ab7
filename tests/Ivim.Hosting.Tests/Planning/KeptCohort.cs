using System.Collections.Immutable;
using System.Text.Json;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Planning;

namespace Ivim.Hosting.Tests.Planning;

/// <summary>A cohort in a folder of kept runs: its manifest, and its entries as the cohort would tell them.</summary>
internal sealed class KeptCohort
{
    private static readonly CohortId Id = CohortId.Of("trial");

    private readonly KeptRuns _kept;
    private readonly CohortFolder _cohorts;
    private readonly CohortManifest _manifest;

    /// <param name="site">What the centre of the first entry changes.</param>
    public KeptCohort(KeptRuns kept, int entries, object? site = null)
    {
        (_kept, _cohorts) = (kept, new CohortFolder(kept["cohorts"]));
        var root = Directory.CreateDirectory(kept["scans"]).FullName;
        _manifest = new CohortManifest("trial", root, kept["maps"], [.. Enumerable.Range(0, entries)
            .Select(number => new CohortManifestEntry
            {
                Centre = number == 0 ? "North" : "South", Subject = $"s{number}", Image = $"{number}.nii",
                Bvalues = $"{number}.bval",
                Protocol = number == 0 && site is not null ? JsonSerializer.SerializeToElement(site) : null,
            })]);
        _cohorts.Save(Id, _manifest);
        Entries = [.. _manifest.Entries.Select(entry => CohortEntryState.Of(new CohortEntry(
            PseudonymOf(entry), entry.Centre, entry.ToEntry().Hash, 0)))];
    }

    public List<CohortEntryState> Entries { get; }

    /// <summary>Runs entries to their end under a protocol.</summary>
    /// <param name="image">Of the hash of an entry's image; null for its number.</param>
    public int[] Run(Protocol protocol, Func<int, bool>? wanted = null, Func<int, int>? image = null)
    {
        var document = ProtocolJson.Write(protocol);
        return
        [
            .. Enumerable.Range(0, Entries.Count).Where(wanted ?? (_ => true)).Select(number =>
            {
                var entry = _manifest.Entries[number];
                var place = new CohortPlace(_manifest.Name, _manifest.Root, _manifest.Output);
                var study = KeptRuns.Wanted(protocol, $"image-{image?.Invoke(number) ?? number}") with
                {
                    ProtocolDocument = SiteProtocol.Apply(document, entry.ToEntry().Site),
                };
                study = study with
                {
                    Dossier = new(Path.Combine(_manifest.Root, entry.Image),
                        Path.Combine(_manifest.Root, entry.Bvalues!), null, null,
                        CohortStudies.OutputOf(place, document), Pseudonyms.BidsName(Entries[number].Entry.Pseudonym)),
                };
                var run = _kept.Run(study, item => item.Stage != Stage.Publish);
                Entries[number] = Entries[number] with { Phase = CohortEntryPhase.Published, Study = study.Study };
                return run.Computed.GetValueOrDefault(Stage.Train);
            }),
        ];
    }

    public Task<CohortPlanReport> PlanAsync(Protocol protocol) => new CohortPlanner(_kept.View, _cohorts).RunAsync(
        "trial", new CohortProgress(Id, "", 1, KeptRuns.NumericClass, false, 4, [], [], [], 0),
        ProtocolJson.Write(protocol), PagesAsync(), workers: 2, CancellationToken.None);

    private async IAsyncEnumerable<ImmutableArray<CohortEntryState>> PagesAsync()
    {
        foreach (var page in Entries.Chunk(CohortPlanner.PageSize))
            yield return await Task.FromResult(page.ToImmutableArray());
    }

    private string PseudonymOf(CohortManifestEntry entry) =>
        _cohorts.PseudonymsOf(Id).Of(entry.Centre, entry.Subject, entry.Session);
}
