using System.Collections.Immutable;
using Ivim.Actors.Planning;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Journals;
using Ivim.Physics;

namespace Ivim.Hosting.Planning;

/// <summary>Says what the studies of a cohort would reuse and compute under another protocol; writes nothing.</summary>
/// <remarks>
/// Reads the journal a page at a time, records of results and headers of images. What lies in artifacts, maps and
/// images is not looked at: a damaged file of the right length passes for a good one.
/// </remarks>
internal sealed class CohortPlanner(WorkFolderView folder, CohortFolder cohorts)
{
    /// <summary>Entries whose journals are in memory at a time.</summary>
    public const int PageSize = 100;

    /// <summary>One processor is left to the node.</summary>
    private static readonly ParallelOptions Abreast = new()
    {
        MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1),
    };

    /// <param name="document">The canonical protocol that is asked about.</param>
    /// <param name="pages">All entries.</param>
    /// <param name="workers">That the time is estimated for.</param>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public async Task<CohortPlanReport> RunAsync(string name, CohortProgress cohort, string document,
        IAsyncEnumerable<ImmutableArray<CohortEntryState>> pages, int workers, CancellationToken cancellation)
    {
        var tally = new CohortTally();
        var entries = new WantedEntries(folder.Dossiers, cohorts, cohort, document);
        await foreach (var page in pages.WithCancellation(cancellation))
            await AddAsync(page, entries, tally, cancellation);
        var stages = await Task.Run(() => tally.Stages(
            cohort.NumericClass, tally.Computes ? StageTimes.Of(folder.Store) : null), cancellation);
        return new CohortPlanReport
        {
            Name = name,
            Protocol = ProtocolJson.Reference(document).Sha256,
            Planned = tally.Planned,
            Unprepared = tally.Unprepared,
            Unread = tally.Unread,
            Cancelled = tally.Cancelled,
            Codes = tally.Codes,
            Items = PlannedStages.Counts(stages),
            Stages = stages,
            Exact = tally.IsExact,
            Workers = workers,
            Seconds = Seconds(stages, workers),
            Changes = tally.Changes(),
        };
    }

    private async Task AddAsync(ImmutableArray<CohortEntryState> page, WantedEntries entries, CohortTally tally,
        CancellationToken cancellation)
    {
        var wanted = page.Where(entry => !IsLeftAlone(entry)).ToList();
        tally.Cancelled += page.Length - wanted.Count;
        var last = wanted.Select(entries.LastStudyOf).ToList();
        var before = await folder.Records.SubmissionsAsync(
            [.. last.OfType<StudyId>().Distinct()], cancellation);
        var studies = new List<(WantedStudy Wanted, string Before)>();
        foreach (var (entry, name) in wanted.Zip(last))
        {
            try
            {
                if (name is { } known && before.TryGetValue(known, out var submitted)
                    && entries.Of(entry, submitted) is { } study) studies.Add((study, submitted.ProtocolDocument));
                else tally.Unread++;
            }
            catch (RefusalException refusal)
            {
                tally.Refuse(refusal.Code);
            }
        }
        var records = await folder.Records.ReadAsync(
            [.. studies.Select(study => study.Wanted.Study).Distinct()], cancellation);
        foreach (var (study, forecast) in studies.Zip(await Task.Run(() => Forecasts(studies, records), cancellation)))
            if (forecast.Code is { } code) tally.Refuse(code);
            else tally.Add(study.Wanted, forecast.Items, study.Before);
    }

    private (ImmutableArray<ForecastItem> Items, string? Code)[] Forecasts(
        List<(WantedStudy Wanted, string Before)> studies, IReadOnlyDictionary<StudyId, StudyRecord> records)
    {
        var forecasts = new (ImmutableArray<ForecastItem>, string?)[studies.Count];
        Parallel.For(0, studies.Count, Abreast, at =>
        {
            var wanted = studies[at].Wanted;
            var record = records.GetValueOrDefault(wanted.Study, StudyRecord.Unborn);
            try
            {
                forecasts[at] = record.Quarantine is { } quarantine ? ([], quarantine.Code) : (wanted.Forecast(record,
                    new StoredKnowledge(folder.Store) { HashesArtifacts = false },
                    (destination, maps) => destination.Lists(maps)), null);
            }
            catch (RefusalException refusal)
            {
                forecasts[at] = ([], refusal.Code);
            }
        });
        return forecasts;
    }

    /// <summary>Another protocol starts all entries anew but these.</summary>
    private static bool IsLeftAlone(CohortEntryState entry) =>
        entry.Phase == CohortEntryPhase.Cancelled || entry is { Phase: CohortEntryPhase.Stopping, IsUnwanted: true };

    /// <summary>Of so many items all workers have one at nearly every moment.</summary>
    private static double? Seconds(IReadOnlyList<PlannedStage> stages, int workers)
    {
        var needed = stages.Where(stage => stage.Computed > 0).ToList();
        return needed.Any(stage => stage.SecondsEach is null) ? null
            : Math.Round(needed.Sum(stage => stage.SecondsEach!.Value * stage.Computed) / workers, 3);
    }
}
