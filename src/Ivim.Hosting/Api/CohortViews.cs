using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;

namespace Ivim.Hosting.Api;

/// <summary>What callers read of a cohort.</summary>
internal static class CohortViews
{
    public static CohortView Of(string name, CohortProgress progress)
    {
        int open = progress.Centres.Sum(centre => centre.Open);
        return new CohortView
        {
            Name = name,
            Cohort = progress.Cohort.Value,
            Phase = open == 0 ? CohortPhases.Ended : progress.IsPaused ? CohortPhases.Paused : CohortPhases.Running,
            Protocol = ProtocolJson.Reference(progress.ProtocolDocument).Sha256,
            ProtocolVersion = progress.Version,
            Limit = progress.Limit,
            Centres = [.. progress.Centres.Select(Of)],
            Codes = [.. progress.Codes.Select(code => new CodeView(code.Code, code.Entries))],
            HeldUp = [.. progress.HeldUp.Select(held =>
                new HeldUpView(held.Pseudonym, held.Centre, held.Study.Value, held.Code, held.Message))],
            EntriesPerHour = progress.EntriesPerHour,
            SecondsLeft = open > 0 && !progress.IsPaused && progress.EntriesPerHour > 0
                ? open / progress.EntriesPerHour * 3600 : null,
        };
    }

    public static CohortView Silent(string name, CohortId cohort, ApiRefusalException why) => new()
    {
        Name = name, Cohort = cohort.Value, Phase = CohortPhases.Silent, Protocol = "", ProtocolVersion = 0,
        Limit = 0, Centres = [], Codes = [], EntriesPerHour = 0, SecondsLeft = null,
        HeldUp = [new HeldUpView("", "", "", why.Code, why.Message)],
    };

    public static EntryPage Of(CohortReply.Page page) => new(
        [.. page.Entries.Select(entry => new EntryView(entry.Entry.Pseudonym, entry.Entry.Centre,
            entry.Entry.Priority, NameOf(entry.Phase), entry.Study.Value, entry.Version, entry.Code))],
        page.Next < 0 ? null : page.Next);

    /// <summary>Null for what is no name of a phase.</summary>
    public static CohortEntryPhase? PhaseOf(string name) =>
        Enum.GetValues<CohortEntryPhase>().Where(phase => phase != CohortEntryPhase.Unknown)
            .Cast<CohortEntryPhase?>().FirstOrDefault(phase => NameOf(phase!.Value) == name);

    private static string NameOf(CohortEntryPhase phase) => phase.ToString().ToLowerInvariant();

    private static CentreView Of(CentreCount count) => new(count.Centre, count.Total, count.Waiting, count.Running,
        count.Stopping, count.Published, count.Failed, count.Cancelled, count.Refused);
}
