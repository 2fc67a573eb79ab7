using System.Collections.Frozen;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>Every message that leaves a process or outlives it. Append only: no row ever changes.</summary>
/// <remarks>
/// A type's last row writes it and every row reads, so a new shape is a new row below the old one. Two releases
/// understand each other if a shape is first only read, and written from the next release on.
/// </remarks>
public static class WireTable
{
    public static IReadOnlyList<WireRow> Rows { get; } =
    [
        WireRow.Of<StudyEvent.Submitted, Protos.StudySubmitted>(
            "study.submitted.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.Prepared, Protos.StudyPrepared>(
            "study.prepared.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.MemberTrained, Protos.StudyMemberTrained>(
            "study.member-trained.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.AttemptFailed, Protos.StudyAttemptFailed>(
            "study.attempt-failed.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.ResultLost, Protos.StudyResultLost>(
            "study.result-lost.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.Failed, Protos.StudyFailed>(
            "study.failed.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.Reopened, Protos.StudyReopened>(
            "study.reopened.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.Published, Protos.StudyPublished>(
            "study.published.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<AggregateEvent.Opened, Protos.AggregateOpened>(
            "aggregate.opened.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.SlabReady, Protos.AggregateSlabReady>(
            "aggregate.slab-ready.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.SlabMerged, Protos.AggregateSlabMerged>(
            "aggregate.slab-merged.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.Polished, Protos.AggregatePolished>(
            "aggregate.polished.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.Assembled, Protos.AggregateAssembled>(
            "aggregate.assembled.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.Published, Protos.AggregatePublished>(
            "aggregate.published.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.PublicationWanted, Protos.AggregatePublicationWanted>(
            "aggregate.publication-wanted.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.AttemptFailed, Protos.AggregateAttemptFailed>(
            "aggregate.attempt-failed.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.ResultLost, Protos.AggregateResultLost>(
            "aggregate.result-lost.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.Failed, Protos.AggregateFailed>(
            "aggregate.failed.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<AggregateEvent.Reopened, Protos.AggregateReopened>(
            "aggregate.reopened.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<StudyCommand.Submit, Protos.SubmitStudy>(
            "study-command.submit.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyCommand.RecordLoss, Protos.RecordLoss>(
            "study-command.record-loss.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyCommand.Conclude, Protos.ConcludeStudy>(
            "study-command.conclude.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyCommand.GiveUp, Protos.GiveUpStudy>(
            "study-command.give-up.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyQuery.Progress, Protos.StudyProgressQuery>(
            "study-query.progress.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyReply.Accepted, Protos.StudyAccepted>(
            "study-reply.accepted.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyReply.Rejected, Protos.StudyRejected>(
            "study-reply.rejected.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyProgress, Protos.StudyProgress>(
            "study-progress.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<AggregateCommand.Open, Protos.OpenAggregate>(
            "aggregate-command.open.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<AggregateCommand.MergeSlab, Protos.MergeSlab>(
            "aggregate-command.merge-slab.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<AggregateCommand.PublishAgain, Protos.PublishAgain>(
            "aggregate-command.publish-again.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<AggregateCommand.Reopen, Protos.ReopenAggregate>(
            "aggregate-command.reopen.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<AggregateQuery.Progress, Protos.AggregateProgressQuery>(
            "aggregate-query.progress.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<AggregateProgress, Protos.AggregateProgress>(
            "aggregate-progress.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<ItemReport.Finished, Protos.ItemFinished>(
            "item-report.finished.v1", ItemReportsWire.Write, ItemReportsWire.Read),
        WireRow.Of<ItemReport.Failed, Protos.ItemFailed>(
            "item-report.failed.v1", ItemReportsWire.Write, ItemReportsWire.Read),
        WireRow.Of<QueueCommand.Offer, Protos.OfferItem>("queue-command.offer.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueCommand.Settle, Protos.SettleItem>("queue-command.settle.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueCommand.Withdraw, Protos.WithdrawStudy>(
            "queue-command.withdraw.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueCommand.Pull, Protos.PullItem>("queue-command.pull.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueCommand.Renew, Protos.RenewLease>("queue-command.renew.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueCommand.Release, Protos.ReleaseLease>(
            "queue-command.release.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueReply.Leased, Protos.ItemLeased>("queue-reply.leased.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueReply.LeaseLost, Protos.LeaseLost>(
            "queue-reply.lease-lost.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueQuery.Load, Protos.QueueLoadQuery>("queue-query.load.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueLoad, Protos.QueueLoad>("queue-load.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<ItemReceipt, Protos.ItemReceipt>("item-receipt.v1", ItemReportsWire.Write, ItemReportsWire.Read),
        WireRow.Of<StudyEvent.Cancelled, Protos.StudyCancelled>(
            "study.cancelled.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<AggregateEvent.Cancelled, Protos.AggregateCancelled>(
            "aggregate.cancelled.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<StudyCommand.Cancel, Protos.CancelStudy>(
            "study-command.cancel.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<AggregateCommand.Cancel, Protos.CancelAggregate>(
            "aggregate-command.cancel.v1", AggregateMessagesWire.Write, AggregateMessagesWire.Read),
        WireRow.Of<StudyStateSnapshot, Protos.Sealed>(
            "study-snapshot.v1", SnapshotsWire.Write, SnapshotsWire.ReadStudy),
        WireRow.Of<AggregateStateSnapshot, Protos.Sealed>(
            "aggregate-snapshot.v1", SnapshotsWire.Write, SnapshotsWire.ReadAggregate),
        WireRow.Of<QueueQuery.Holding, Protos.HoldingQuery>(
            "queue-query.holding.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<QueueReply.Holding, Protos.Holding>("queue-reply.holding.v1", QueueWire.Write, QueueWire.Read),
        WireRow.Of<StudyEvent.PublicationAllowed, Protos.StudyPublicationAllowed>(
            "study.publication-allowed.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<StudyEvent.ResultDoubted, Protos.StudyResultDoubted>(
            "study.result-doubted.v1", StudyEventsWire.Write, StudyEventsWire.Read),
        WireRow.Of<AggregateEvent.ResultDoubted, Protos.AggregateResultDoubted>(
            "aggregate.result-doubted.v1", AggregateEventsWire.Write, AggregateEventsWire.Read),
        WireRow.Of<StudyCommand.AllowPublication, Protos.AllowPublication>(
            "study-command.allow-publication.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyReply.PublicationAllowed, Protos.PublicationAllowed>(
            "study-reply.publication-allowed.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyReply.CancelHeard, Protos.CancelHeard>(
            "study-reply.cancel-heard.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        .. CohortWireRows.Rows,
        WireRow.Of<StudyCommand.Retry, Protos.RetryStudy>(
            "study-command.retry.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyQuery.Identity, Protos.StudyIdentityQuery>(
            "study-query.identity.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyReply.Identity, Protos.StudyIdentity>(
            "study-reply.identity.v1", StudyMessagesWire.Write, StudyMessagesWire.Read),
        WireRow.Of<StudyQuery.Items, Protos.ItemsQuery>(
            "study-query.items.v1", ItemPagesWire.Write, ItemPagesWire.ReadOfStudy),
        WireRow.Of<AggregateQuery.Items, Protos.ItemsQuery>(
            "aggregate-query.items.v1", ItemPagesWire.Write, ItemPagesWire.ReadOfAggregate),
        WireRow.Of<StudyReply.Items, Protos.ItemPage>("study-reply.items.v1", ItemPagesWire.Write, ItemPagesWire.Read),
    ];

    private static readonly FrozenDictionary<string, WireRow> ByManifest = Rows.ToFrozenDictionary(row => row.Manifest);

    private static readonly FrozenDictionary<Type, WireRow> ByType =
        Rows.GroupBy(row => row.Type).ToFrozenDictionary(rows => rows.Key, rows => rows.Last());

    /// <summary>The row that writes a type.</summary>
    /// <exception cref="WireException">The type has no row.</exception>
    public static WireRow For(Type type) => ByType.TryGetValue(type, out var row) ? row
        : throw new WireException($"{type.Name} has no row in the wire table");

    /// <summary>The row that reads a manifest.</summary>
    /// <exception cref="WireException">The manifest has no row: it is of a later release, or not ours.</exception>
    public static WireRow For(string manifest) => ByManifest.TryGetValue(manifest, out var row) ? row
        : throw new WireException("a manifest that is not in the wire table of this release");
}
