using System.Collections.Immutable;
using Ivim.Actors.Planning;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Journals;
using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Hosting.Planning;

/// <summary>
/// Says what a run of a study would reuse and compute; writes nothing, and a node may be at work in the folder
/// meanwhile.
/// </summary>
public sealed class StudyPlanner(WorkFolderView folder)
{
    /// <param name="last">The run that it is compared with; null where there is none.</param>
    /// <param name="workers">That the time is estimated for.</param>
    /// <param name="rehearseOn">Where an unknown preparation is run in memory; null for nowhere.</param>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE, or a header that does not read.</exception>
    /// <exception cref="StudyFailedException">The study is quarantined.</exception>
    public async Task<PlanReport> RunAsync(WantedStudy wanted, LastRun? last, int workers, ComputeDevice? rehearseOn,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var record = await folder.Records.ReadAsync(wanted.Study, cancellation);
        if (record.Quarantine is { } quarantine) throw new StudyFailedException(quarantine);
        var known = new StoredKnowledge(folder.Store);
        if (rehearseOn is { } device)
            Rehearsal.Prepare(wanted.Submission, wanted.Dossier, folder.Store, device, known, cancellation);
        var items = wanted.Forecast(record, known, (destination, maps) => destination.Holds(maps));
        return Report(wanted, items, last, workers);
    }

    private PlanReport Report(
        WantedStudy wanted, ImmutableArray<ForecastItem> items, LastRun? last, int workers)
    {
        var protocol = ProtocolJson.Read(wanted.ProtocolDocument);
        bool computes = items.Any(item => item.Outlook != Outlook.Reused);
        var stages = PlannedStages.Of(items, protocol, wanted.NumericClass,
            computes ? StageTimes.Of(folder.Store) : null);
        return new PlanReport
        {
            Study = wanted.Study.Value,
            Protocol = ProtocolJson.Reference(wanted.ProtocolDocument).Sha256,
            Items = PlannedStages.Counts(stages),
            Stages = stages,
            Exact = items.All(item => item.Outlook != Outlook.Unknown),
            Workers = workers,
            Seconds = PlannedStages.Seconds(stages, workers) is { } seconds ? Math.Round(seconds, 3) : null,
            LastStudy = last?.Study.Value,
            Changes = last?.Changes(wanted.Source, protocol) ?? [],
            KeyFields = last is null ? new Dictionary<string, IReadOnlyList<string>>() : KeyFields(items, last.Record),
        };
    }

    /// <summary>Of the items that are computed and that the last run had as well.</summary>
    private static Dictionary<string, IReadOnlyList<string>> KeyFields(
        ImmutableArray<ForecastItem> items, StudyRecord last) => items
        .Where(item => item.Outlook == Outlook.Computed)
        .GroupBy(item => ItemKinds.NameOf(item.Name), item => last.ItemOf(item.Name) is { } before
            ? RecipeDifference.Between(before.Recipe, item.Work!.Recipe).Select(field => field.Name) : [])
        .Select(kind => (kind.Key, Fields: kind.SelectMany(fields => fields).Distinct().ToList()))
        .Where(kind => kind.Fields.Count > 0)
        .ToDictionary(kind => kind.Key, IReadOnlyList<string> (kind) => kind.Fields);
}
