using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Domain.Cohorts;

/// <summary>Which events follow from what a cohort is told. Pure.</summary>
internal static class CohortDecisions
{
    public static Decision<CohortEvent> Of(CohortState cohort, CohortCommand command) => command switch
    {
        CohortCommand.Submit c => Submit(cohort, c),
        _ when !cohort.Exists => Decision<CohortEvent>.Reject("the cohort does not exist"),
        CohortCommand.ChangeProtocol c => Change(cohort, c),
        CohortCommand.Pause c => When(!cohort.IsPaused, new CohortEvent.Paused(c.At)),
        CohortCommand.Resume c => When(cohort.IsPaused, new CohortEvent.Resumed(c.At)),
        CohortCommand.SetLimit { Limit: < 0 or > CohortCommand.MostAtATime } =>
            Decision<CohortEvent>.Reject("a limit that no cohort can have"),
        CohortCommand.SetLimit c => When(c.Limit != cohort.Limit, new CohortEvent.LimitSet(c.Limit, c.At)),
        CohortCommand.Cancel { Pseudonym: "" } c => When(
            cohort.Table.Centres.Values.Any(centre => centre.Open > 0), new CohortEvent.AllCancelled(c.At)),
        CohortCommand.Retry { Pseudonym: "" } c => When(
            cohort.Entries.Any(entry => CohortState.IsRetried(entry, c.WithCancelled)),
            new CohortEvent.AllRetried(c.WithCancelled, c.At)),
        CohortCommand.Cancel c => ForEntry(cohort, c.Pseudonym, (entry, number) =>
            When(entry.Cancel() != entry, new CohortEvent.EntryCancelled(number))),
        CohortCommand.Retry c => ForEntry(cohort, c.Pseudonym, (entry, number) =>
            When(CohortState.IsRetried(entry, withCancelled: true), new CohortEvent.EntryRetried(number))),
        _ => Decision<CohortEvent>.Reject($"a cohort does not understand {command.GetType().Name}"),
    };

    /// <summary>Only what is about the admission that is at work counts.</summary>
    public static Decision<CohortEvent> Of(CohortState cohort, CohortNews news)
    {
        if (news.Entry < 0 || news.Entry >= cohort.Entries.Count) return Decision<CohortEvent>.Nothing;
        var entry = cohort.Entries[news.Entry];
        return entry.Turn != news.Turn ? Decision<CohortEvent>.Nothing : (entry.Phase, news) switch
        {
            (CohortEntryPhase.Running, CohortNews.Filed n) when !entry.HasStudy =>
                Decision<CohortEvent>.Accept(new CohortEvent.Filed(n.Entry, n.Study)),
            (CohortEntryPhase.Running, CohortNews.Refused n) =>
                Decision<CohortEvent>.Accept(new CohortEvent.Refused(n.Entry, n.Code, n.At)),
            (CohortEntryPhase.Running, CohortNews.Published n) when entry.HasStudy =>
                Decision<CohortEvent>.Accept(new CohortEvent.Published(n.Entry, n.At)),
            (CohortEntryPhase.Running, CohortNews.Failed n) when entry.HasStudy =>
                Decision<CohortEvent>.Accept(new CohortEvent.Failed(n.Entry, n.Code, n.At)),
            (CohortEntryPhase.Running, CohortNews.Cancelled n) when entry.HasStudy =>
                Decision<CohortEvent>.Accept(new CohortEvent.StudyCancelled(n.Entry)),
            // Its maps were there before it could be stopped, and nobody has asked for others.
            (CohortEntryPhase.Stopping, CohortNews.Published n) when entry.IsUnwanted
                && entry.Version == cohort.Version =>
                Decision<CohortEvent>.Accept(new CohortEvent.Published(n.Entry, n.At)),
            (CohortEntryPhase.Stopping, CohortNews.Filed) => Decision<CohortEvent>.Nothing,
            (CohortEntryPhase.Stopping, _) => Decision<CohortEvent>.Accept(new CohortEvent.Stopped(news.Entry)),
            _ => Decision<CohortEvent>.Nothing,
        };
    }

    private static Decision<CohortEvent> Submit(CohortState cohort, CohortCommand.Submit c)
    {
        if (Whole(c.ProtocolDocument) is { } broken) return broken;
        if (c.Entries.Length > CohortCommand.MostEntries)
            return Decision<CohortEvent>.Reject($"more than {CohortCommand.MostEntries} entries at once");
        if (!c.Entries.All(entry => entry.IsSound))
            return Decision<CohortEvent>.Reject("an entry whose pseudonym, centre or hash is none");
        if (c.Entries.Select(entry => entry.Pseudonym).Distinct().Count() < c.Entries.Length)
            return Decision<CohortEvent>.Reject("two entries of one pseudonym");
        if (cohort.Exists && (cohort.ProtocolDocument, cohort.NumericClass) != (c.ProtocolDocument, c.NumericClass))
            return Decision<CohortEvent>.Reject("a cohort at work under another protocol or numeric class",
                "COHORT-DIFFERS");
        if (c.Entries.Any(entry => cohort.NumberOf(entry.Pseudonym) is { } known
            && cohort.Entries[known].Entry.Centre != entry.Centre))
            return Decision<CohortEvent>.Reject("a pseudonym of another centre");
        return Decision<CohortEvent>.Accept([.. Founding(cohort, c), .. Additions(cohort, c)]);
    }

    private static IEnumerable<CohortEvent> Founding(CohortState cohort, CohortCommand.Submit c) => cohort.Exists ? []
        : [new CohortEvent.Submitted(c.Cohort, c.ProtocolDocument, c.NumericClass, c.At)];

    private static IEnumerable<CohortEvent> Additions(CohortState cohort, CohortCommand.Submit c)
    {
        var wanted = c.Entries.RemoveAll(entry => cohort.NumberOf(entry.Pseudonym) is { } known
            && cohort.Entries[known].Entry == entry);
        return wanted.IsEmpty ? [] : [new CohortEvent.EntriesAdded(wanted)];
    }

    private static Decision<CohortEvent> Change(CohortState cohort, CohortCommand.ChangeProtocol c) =>
        Whole(c.ProtocolDocument)
        ?? When(c.ProtocolDocument != cohort.ProtocolDocument,
            new CohortEvent.ProtocolChanged(c.ProtocolDocument, c.At));

    /// <summary>A document that cannot be read must not reach the journal.</summary>
    private static Decision<CohortEvent>? Whole(string protocolDocument)
    {
        try
        {
            ProtocolJson.Read(protocolDocument);
            return null;
        }
        catch (RefusalException e)
        {
            return Decision<CohortEvent>.Reject(e.Message, e.Code);
        }
    }

    private static Decision<CohortEvent> ForEntry(
        CohortState cohort, string pseudonym, Func<CohortEntryState, int, Decision<CohortEvent>> decide) =>
        cohort.NumberOf(pseudonym) is { } number ? decide(cohort.Entries[number], number)
            : Decision<CohortEvent>.Reject("no entry of this pseudonym", "ENTRY-UNKNOWN");

    private static Decision<CohortEvent> When(bool holds, CohortEvent fact) =>
        holds ? Decision<CohortEvent>.Accept(fact) : Decision<CohortEvent>.Nothing;
}
