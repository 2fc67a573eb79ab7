using Ivim.Domain.Cohorts;

namespace Ivim.Actors.Wire;

/// <summary>The rows of cohorts, at the end of the wire table. Append only, as the table is.</summary>
internal static class CohortWireRows
{
    public static IReadOnlyList<WireRow> Rows { get; } =
    [
        WireRow.Of<CohortEvent.Submitted, Protos.CohortSubmitted>(
            "cohort.submitted.v1", CohortEventsWire.Write, CohortEventsWire.Read),
        WireRow.Of<CohortEvent.EntriesAdded, Protos.CohortEntriesAdded>(
            "cohort.entries-added.v1", CohortEventsWire.Write, CohortEventsWire.Read),
        WireRow.Of<CohortEvent.ProtocolChanged, Protos.CohortProtocolChanged>(
            "cohort.protocol-changed.v1", CohortEventsWire.Write, CohortEventsWire.Read),
        WireRow.Of<CohortEvent.Paused, Protos.CohortMoment>(
            "cohort.paused.v1", CohortEventsWire.Write, CohortEventsWire.ReadPaused),
        WireRow.Of<CohortEvent.Resumed, Protos.CohortMoment>(
            "cohort.resumed.v1", CohortEventsWire.Write, CohortEventsWire.ReadResumed),
        WireRow.Of<CohortEvent.Admitted, Protos.CohortAdmitted>(
            "cohort.admitted.v1", CohortEventsWire.Write, CohortEventsWire.Read),
        WireRow.Of<CohortEvent.Filed, Protos.CohortFiled>(
            "cohort.filed.v1", CohortEventsWire.Write, CohortEventsWire.Read),
        WireRow.Of<CohortEvent.Refused, Protos.CohortEntryFact>(
            "cohort.refused.v1", CohortEventsWire.Write, CohortEventsWire.ReadRefused),
        WireRow.Of<CohortEvent.Published, Protos.CohortEntryFact>(
            "cohort.published.v1", CohortEventsWire.Write, CohortEventsWire.ReadPublished),
        WireRow.Of<CohortEvent.Failed, Protos.CohortEntryFact>(
            "cohort.failed.v1", CohortEventsWire.Write, CohortEventsWire.ReadFailed),
        WireRow.Of<CohortEvent.StudyCancelled, Protos.CohortEntryFact>(
            "cohort.study-cancelled.v1", CohortEventsWire.Write, CohortEventsWire.ReadStudyCancelled),
        WireRow.Of<CohortEvent.Stopped, Protos.CohortEntryFact>(
            "cohort.stopped.v1", CohortEventsWire.Write, CohortEventsWire.ReadStopped),
        WireRow.Of<CohortEvent.EntryCancelled, Protos.CohortEntryFact>(
            "cohort.entry-cancelled.v1", CohortEventsWire.Write, CohortEventsWire.ReadEntryCancelled),
        WireRow.Of<CohortEvent.AllCancelled, Protos.CohortMoment>(
            "cohort.all-cancelled.v1", CohortEventsWire.Write, CohortEventsWire.ReadAllCancelled),
        WireRow.Of<CohortEvent.EntryRetried, Protos.CohortEntryFact>(
            "cohort.entry-retried.v1", CohortEventsWire.Write, CohortEventsWire.ReadEntryRetried),
        WireRow.Of<CohortEvent.AllRetried, Protos.CohortMoment>(
            "cohort.all-retried.v1", CohortEventsWire.Write, CohortEventsWire.ReadAllRetried),
        WireRow.Of<CohortCommand.Submit, Protos.SubmitCohort>(
            "cohort-command.submit.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortCommand.ChangeProtocol, Protos.ChangeCohortProtocol>(
            "cohort-command.change-protocol.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortCommand.Pause, Protos.CohortOrder>(
            "cohort-command.pause.v1", CohortMessagesWire.Write, CohortMessagesWire.ReadPause),
        WireRow.Of<CohortCommand.Resume, Protos.CohortOrder>(
            "cohort-command.resume.v1", CohortMessagesWire.Write, CohortMessagesWire.ReadResume),
        WireRow.Of<CohortCommand.Cancel, Protos.CohortOrder>(
            "cohort-command.cancel.v1", CohortMessagesWire.Write, CohortMessagesWire.ReadCancel),
        WireRow.Of<CohortCommand.Retry, Protos.CohortOrder>(
            "cohort-command.retry.v1", CohortMessagesWire.Write, CohortMessagesWire.ReadRetry),
        WireRow.Of<CohortQuery.Progress, Protos.CohortProgressQuery>(
            "cohort-query.progress.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortQuery.Entries, Protos.CohortEntriesQuery>(
            "cohort-query.entries.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortReply.Accepted, Protos.CohortAccepted>(
            "cohort-reply.accepted.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortReply.Rejected, Protos.CohortRejected>(
            "cohort-reply.rejected.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortReply.Page, Protos.CohortPage>(
            "cohort-reply.page.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
        WireRow.Of<CohortProgress, Protos.CohortProgress>(
            "cohort-progress.v1", CohortStateWire.Write, CohortStateWire.Read),
        WireRow.Of<CohortStateSnapshot, Protos.Sealed>(
            "cohort-snapshot.v1", CohortStateWire.Write, CohortStateWire.ReadSnapshot),
        WireRow.Of<CohortEvent.LimitSet, Protos.CohortLimitSet>(
            "cohort.limit-set.v1", CohortEventsWire.Write, CohortEventsWire.Read),
        WireRow.Of<CohortCommand.SetLimit, Protos.SetCohortLimit>(
            "cohort-command.set-limit.v1", CohortMessagesWire.Write, CohortMessagesWire.Read),
    ];
}
