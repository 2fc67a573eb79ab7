using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Invariants;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Scans;

namespace Ivim.Faults.Tests.Recovery;

/// <summary>The invariants of RELIABILITY section 4, read from what a published study left behind.</summary>
internal sealed class FinalCheck(Scene scene)
{
    public async Task RunAsync(CheckOptions options)
    {
        var history = await WholeHistoryAsync();
        var rework = Rework.Of(history.OfStudy(scene.Study), scene.Scan.PlannedSteps + options.KnownSteps);
        List<Violation> violations =
        [
            .. HistoryInvariants.NoLostItem(history), .. HistoryInvariants.CountedOnce(history),
            .. OfOutputs(), .. OfTexts(await RowsAsync()),
        ];
        if (options.Times)
        {
            violations.AddRange(HistoryInvariants.Alive(history, Timings.Silence, scene.Outages));
            violations.AddRange(HistoryInvariants.NoOldLease(history, Timings.Lease, scene.Outages));
        }
        if (options.Rework) violations.AddRange(rework.Check(options.Hedges));
        if (options is { Status: true, Times: true })
            violations.AddRange(StatusTruth.Check(scene.Samples, history.OfStudy(scene.Study), scene.Outages));
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        scene.Write(rework);
    }

    private IEnumerable<Violation> OfOutputs()
    {
        var maps = new PublishedMaps(scene.Output);
        return
        [
            .. MapInvariants.SameBits(maps, scene.QuietHashes),
            .. MapInvariants.NoMixing(maps, scene.Work, scene.Study, scene.Scan.Members),
            .. StoreInvariants.NoPartialArtefact(scene.Work, scene.Output),
        ];
    }

    private IEnumerable<Violation> OfTexts(IReadOnlyList<JournalRow> rows)
    {
        Assert.NotEmpty(rows);
        return
        [
            .. Privacy.NoName(SmallScan.Canary, [scene.Work, scene.Output], rows), .. Privacy.NoDefaultSerializer(rows),
        ];
    }

    /// <summary>The API may tell of the publication before the node that wrote it down is done writing.</summary>
    private async Task<History> WholeHistoryAsync()
    {
        await Until.TrueAsync(() => scene.History.OfStudy(scene.Study).Count(FactKinds.Published) > 0,
            Until.Hang, "the history tells of the publication");
        return scene.History;
    }

    private Task<IReadOnlyList<JournalRow>> RowsAsync() => scene.Postgres is { } server
        ? JournalReader.ReadAsync(server) : JournalReader.ReadSqliteAsync(Path.Combine(scene.Work, "journal.db"));
}

/// <summary>What a fault excuses.</summary>
internal sealed record CheckOptions
{
    /// <summary>Steps that had to be done again by design, such as those of a result that was damaged.</summary>
    public int KnownSteps { get; init; }

    /// <summary>The fault is a slow worker, so copies are what is wanted.</summary>
    public bool Hedges { get; init; }

    public bool Rework { get; init; } = true;

    /// <summary>Off where clocks of nodes jump, so that their histories cannot be laid side by side.</summary>
    public bool Times { get; init; } = true;

    public bool Status { get; init; } = true;
}
