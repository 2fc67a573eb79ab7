using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Wire;

/// <summary>The message that each golden file holds. Append only, as the wire table is.</summary>
public static class GoldenMessages
{
    private static readonly StudyId Study = new("st-00112233445566778899");
    private static readonly StudySource Source = new("1a", "2b", "", "4d");
    private static readonly DateTimeOffset Noon = new(2026, 2, 28, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly ContentKey Key = new("c0ffee");
    private static readonly ItemName Maps = ItemName.Maps(3, 2);
    private static readonly ItemId Item = new(Study, Maps);
    private static readonly WorkInput Frame = new("frame", new ArtifactRef("f00d", 1L << 40), new ContentKey("beef"));
    private static readonly WorkFailure Plain = new(FailureClass.BadInput, "NIFTI-TRUNCATED", "found µ; expected m.");
    private static readonly WorkFailure Lost = new(FailureClass.LostInput, "ARTIFACT-LOST", "lost.", "dead");

    private static readonly WorkResult Result = new(
        [new NamedArtifact("slab-000", new ArtifactRef("aa", 7)), new NamedArtifact("frame", new ArtifactRef("bb", 0))],
        ["MASK-SMALL: 12 voxels", ""], true);

    private static readonly ImmutableArray<WorkInput> Members = [Frame, Frame with { Name = "member-01" }];
    private static readonly ImmutableArray<PublishedMap> Published = [new("D", "d1"), new("Dstar-std", "d2")];
    private static readonly ImmutableArray<StageCount> Stages =
        [new(Stage.Train, 8, 5, 2), new(Stage.Publish, 1, 0, 0)];

    private static readonly WorkItem Work = new(Study, ItemOwner.Study, Maps, Key,
        [KeyValuePair.Create("stage", "train/1"), KeyValuePair.Create("", "")], new ArtifactRef("ee", 900), [Frame],
        "cpu-x64-avx2");

    private static readonly ItemLedgerSnapshot Ledger = new([new SettledItem(Maps, Key, Result)],
        [new SettledItem(ItemName.Prepare, Key, Result)], [new FailedAttempt(Maps, "worker-1", 77, Plain)],
        [new ItemLosses(Maps, 2)]);

    private static readonly WorkerLabels Labels =
        new("host-17-ff-0", "cpu-x64-avx2", ["train/1", "merge/1"], "cpu", 1L << 33);

    private static readonly CohortId Cohort = new("0011223344556677");
    private static readonly CohortEntry Entry = new("abcdefgh2345-abc234", "CentreA", "c0ffee", 5);
    private static readonly CohortEntryState EntryState =
        new(Entry, CohortEntryPhase.Stopping, 1L << 40, 2, Study, "STAGE-FAILED", false);

    public static IReadOnlyDictionary<string, object> ByManifest { get; } = new Dictionary<string, object>
    {
        ["study.submitted.v1"] = new StudyEvent.Submitted(Study, Source, "{\"schema\":\"ivim-protocol/1\"}", "cpu",
            Noon),
        ["study.prepared.v1"] = new StudyEvent.Prepared(Key, Result),
        ["study.member-trained.v1"] = new StudyEvent.MemberTrained(ItemName.Weights(4), Key, Result),
        ["study.attempt-failed.v1"] = new StudyEvent.AttemptFailed(Maps, "worker-1", 77, Plain),
        ["study.result-lost.v1"] = new StudyEvent.ResultLost(ItemName.Prepare, "dead"),
        ["study.failed.v1"] = new StudyEvent.Failed(Maps, Lost),
        ["study.reopened.v1"] = new StudyEvent.Reopened(Noon),
        ["study.published.v1"] = new StudyEvent.Published(Published),
        ["aggregate.opened.v1"] = new AggregateEvent.Opened(Study, "{}", "cuda-sm90", Frame, 20),
        ["aggregate.slab-ready.v1"] = new AggregateEvent.SlabReady(0, Members),
        ["aggregate.slab-merged.v1"] = new AggregateEvent.SlabMerged(19, Key, Result),
        ["aggregate.polished.v1"] = new AggregateEvent.Polished(Key, Result),
        ["aggregate.assembled.v1"] = new AggregateEvent.Assembled(Key, Result),
        ["aggregate.published.v1"] = new AggregateEvent.Published(2, Key, Result),
        ["aggregate.publication-wanted.v1"] = new AggregateEvent.PublicationWanted(3),
        ["aggregate.attempt-failed.v1"] = new AggregateEvent.AttemptFailed(ItemName.Assemble, "worker-1", 78, Lost),
        ["aggregate.result-lost.v1"] = new AggregateEvent.ResultLost(ItemName.Merge(0), "dead"),
        ["aggregate.failed.v1"] = new AggregateEvent.Failed(ItemName.Publish, Plain),
        ["aggregate.reopened.v1"] = new AggregateEvent.Reopened(),
        ["study-command.submit.v1"] = new StudyCommand.Submit(Study, Source, "{}", "cpu", Noon),
        ["study-command.record-loss.v1"] = new StudyCommand.RecordLoss(Study, "dead"),
        ["study-command.conclude.v1"] = new StudyCommand.Conclude(Study, Published),
        ["study-command.give-up.v1"] = new StudyCommand.GiveUp(Study, Plain),
        ["study-query.progress.v1"] = new StudyQuery.Progress(Study),
        ["study-reply.accepted.v1"] = new StudyReply.Accepted(Study),
        ["study-reply.rejected.v1"] = new StudyReply.Rejected(Study, "the study does not exist"),
        ["study-progress.v1"] = new StudyProgress(Study, StudyPhase.Published, Stages, Published, null, ["note"], []),
        ["aggregate-command.open.v1"] = new AggregateCommand.Open(Study, "{}", "cpu", Frame, 1, 3),
        ["aggregate-command.merge-slab.v1"] = new AggregateCommand.MergeSlab(Study, 5, Members),
        ["aggregate-command.publish-again.v1"] = new AggregateCommand.PublishAgain(Study, 1),
        ["aggregate-command.reopen.v1"] = new AggregateCommand.Reopen(Study),
        ["aggregate-query.progress.v1"] = new AggregateQuery.Progress(Study),
        ["aggregate-progress.v1"] = new AggregateProgress(Study, StudyPhase.Failed, Stages, 1, Lost, [], []),
        ["item-report.finished.v1"] = new ItemReport.Finished(Study, Maps, Key, Result),
        ["item-report.failed.v1"] = new ItemReport.Failed(Study, Maps, Key, "worker-1", long.MaxValue, Lost),
        ["queue-command.offer.v1"] = new QueueCommand.Offer(Work),
        ["queue-command.settle.v1"] = new QueueCommand.Settle(Item),
        ["queue-command.withdraw.v1"] = new QueueCommand.Withdraw(Study),
        ["queue-command.pull.v1"] = new QueueCommand.Pull(Labels),
        ["queue-command.renew.v1"] = new QueueCommand.Renew("worker-1", Item, Key, 79, 0.25, 0.5),
        ["queue-command.release.v1"] = new QueueCommand.Release("worker-1", Item, 80, true),
        ["queue-reply.leased.v1"] = new QueueReply.Leased(Work, 81),
        ["queue-reply.lease-lost.v1"] = new QueueReply.LeaseLost(Item, 82),
        ["queue-query.load.v1"] = new QueueQuery.Load(),
        ["queue-load.v1"] = new QueueLoad(3, 2, 1,
            [new WorkerLoad(Labels, Item, 0.5, TimeSpan.FromSeconds(2)), new WorkerLoad(Labels, null, 0, default)],
            [], []),
        ["item-receipt.v1"] = new ItemReceipt(Study, Key),
        ["study.cancelled.v1"] = new StudyEvent.Cancelled(Noon),
        ["aggregate.cancelled.v1"] = new AggregateEvent.Cancelled(2),
        ["study-command.cancel.v1"] = new StudyCommand.Cancel(Study, Noon),
        ["aggregate-command.cancel.v1"] = new AggregateCommand.Cancel(Study, 2),
        ["study-snapshot.v1"] = new StudyStateSnapshot(
            Study, Source, "{}", "cpu", StudyPhase.Failed, Ledger, Lost, Published, 2, 20, 0, 0, []),
        ["aggregate-snapshot.v1"] = new AggregateStateSnapshot(Study, "{}", "cpu", Frame, 20,
            [new SlabMembers(3, Members)], Ledger, StudyPhase.Running, 1, 2, null, []),
        ["queue-query.holding.v1"] = new QueueQuery.Holding(Study, ItemOwner.Aggregator),
        ["queue-reply.holding.v1"] = new QueueReply.Holding(Study, ItemOwner.Study, new OfferTally(7, -3)),
        ["study.publication-allowed.v1"] = new StudyEvent.PublicationAllowed(2, 1),
        ["study.result-doubted.v1"] = new StudyEvent.ResultDoubted(Maps, Plain),
        ["aggregate.result-doubted.v1"] = new AggregateEvent.ResultDoubted(ItemName.Merge(1), Plain),
        ["study-command.allow-publication.v1"] = new StudyCommand.AllowPublication(Study, 2, 1),
        ["study-reply.publication-allowed.v1"] = new StudyReply.PublicationAllowed(Study, 2, 1),
        ["study-reply.cancel-heard.v1"] = new StudyReply.CancelHeard(Study, 3),
        ["study-command.retry.v1"] = new StudyCommand.Retry(Study, 3, Noon),
        ["study-query.identity.v1"] = new StudyQuery.Identity(Study),
        ["study-reply.identity.v1"] = new StudyReply.Identity(Study, Source, "{}", "cpu", 2),
        ["study-query.items.v1"] = new StudyQuery.Items(Study, 200),
        ["aggregate-query.items.v1"] = new AggregateQuery.Items(Study, 400),
        ["study-reply.items.v1"] = new StudyReply.Items(
            Study, [new ItemStatus(Maps, ItemPhase.Failed, 3, "STAGE-FAILED", Result.Outputs)], -1),
        ["cohort.submitted.v1"] = new CohortEvent.Submitted(Cohort, "{}", "cpu", Noon),
        ["cohort.entries-added.v1"] = new CohortEvent.EntriesAdded([Entry, Entry with { Priority = -3 }]),
        ["cohort.protocol-changed.v1"] = new CohortEvent.ProtocolChanged("{}", Noon),
        ["cohort.paused.v1"] = new CohortEvent.Paused(Noon),
        ["cohort.resumed.v1"] = new CohortEvent.Resumed(Noon),
        ["cohort.admitted.v1"] = new CohortEvent.Admitted([0, 7, 99_999]),
        ["cohort.filed.v1"] = new CohortEvent.Filed(7, Study),
        ["cohort.refused.v1"] = new CohortEvent.Refused(7, "FILE-MISSING", Noon),
        ["cohort.published.v1"] = new CohortEvent.Published(7, Noon),
        ["cohort.failed.v1"] = new CohortEvent.Failed(7, "STAGE-FAILED", Noon),
        ["cohort.study-cancelled.v1"] = new CohortEvent.StudyCancelled(7),
        ["cohort.stopped.v1"] = new CohortEvent.Stopped(7),
        ["cohort.entry-cancelled.v1"] = new CohortEvent.EntryCancelled(7),
        ["cohort.all-cancelled.v1"] = new CohortEvent.AllCancelled(Noon),
        ["cohort.entry-retried.v1"] = new CohortEvent.EntryRetried(7),
        ["cohort.all-retried.v1"] = new CohortEvent.AllRetried(true, Noon),
        ["cohort.limit-set.v1"] = new CohortEvent.LimitSet(12, Noon),
        ["cohort-command.set-limit.v1"] = new CohortCommand.SetLimit(Cohort, 12, Noon),
        ["cohort-command.submit.v1"] = new CohortCommand.Submit(Cohort, "{}", "cpu", [Entry], Noon),
        ["cohort-command.change-protocol.v1"] = new CohortCommand.ChangeProtocol(Cohort, "{}", Noon),
        ["cohort-command.pause.v1"] = new CohortCommand.Pause(Cohort, Noon),
        ["cohort-command.resume.v1"] = new CohortCommand.Resume(Cohort, Noon),
        ["cohort-command.cancel.v1"] = new CohortCommand.Cancel(Cohort, Entry.Pseudonym, Noon),
        ["cohort-command.retry.v1"] = new CohortCommand.Retry(Cohort, "", true, Noon),
        ["cohort-query.progress.v1"] = new CohortQuery.Progress(Cohort),
        ["cohort-query.entries.v1"] = new CohortQuery.Entries(Cohort, "A", CohortEntryPhase.Failed, 250, 500),
        ["cohort-reply.accepted.v1"] = new CohortReply.Accepted(Cohort),
        ["cohort-reply.rejected.v1"] = new CohortReply.Rejected(Cohort, "no entry", "ENTRY-UNKNOWN"),
        ["cohort-reply.page.v1"] = new CohortReply.Page(Cohort, [EntryState], -1),
        ["cohort-progress.v1"] = new CohortProgress(Cohort, "{}", 2, "cpu", true, 16,
            [new CentreCount("A", 1, 2, 3, 4, 5, 6, 7)], [new CodeCount("FILE-MISSING", 7)],
            [new HeldUpEntry(Entry.Pseudonym, "A", Study, "NO-WORKER-FITS", "NO-WORKER-FITS: none.")], 12.5),
        ["cohort-snapshot.v1"] = new CohortStateSnapshot(Cohort, "{}", 2, "cpu", true, 9,
            [EntryState, EntryState with { IsUnwanted = true }], [Noon]),
    };
}
