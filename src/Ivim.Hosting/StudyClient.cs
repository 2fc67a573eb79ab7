using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Hosting;

/// <summary>Submits a study to the actors of a node and follows it to its end.</summary>
public sealed class StudyClient(EmbeddedNode node, TimeProvider clock)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(150);

    /// <param name="isDelivered">Whether the destination holds every one of these maps, whole.</param>
    /// <exception cref="StudyFailedException">The study has failed, or the machine holds it up.</exception>
    public async Task<StudyOutcome> MapAsync(StudySubmission submission,
        Func<ImmutableArray<PublishedMap>, bool> isDelivered, IProgress<StudySnapshot> progress,
        CancellationToken cancellation)
    {
        using var journal = new JournalWatch(node.System);
        var protocol = ProtocolJson.Reference(submission.ProtocolDocument);
        var study = StudyId.Of(submission.Source, protocol.Sha256, node.NumericClass);
        node.Work.Store.Put(Encoding.UTF8.GetBytes(submission.ProtocolDocument));
        node.Work.Dossiers.Save(study, submission.Dossier);
        var before = await LookAsync(study, journal, cancellation);
        await SubmitAsync(study, submission, journal, cancellation);
        if (before.IsUndelivered) await PublishAgainAsync(study, before.Round, journal, cancellation);
        bool again = before.IsUndelivered;
        while (true)
        {
            var now = await LookAsync(study, journal, cancellation);
            progress.Report(new StudySnapshot(study, now.Stages, now.Notes));
            if (now.Failure is { } failure) throw new StudyFailedException(failure);
            if (now.IsPublished && isDelivered(now.Maps))
                return new StudyOutcome(study, before.Stages, now.Stages, now.Maps, now.Notes, again);
            if (now.IsPublished && again) throw new StudyFailedException(NotDelivered);
            if (now.IsPublished)
            {
                await PublishAgainAsync(study, now.Round, journal, cancellation);
                again = true;
            }
            await Task.Delay(LookInterval, cancellation);
        }
    }

    private static WorkFailure NotDelivered { get; } = new(FailureClass.Infrastructure, "OUTPUT-DAMAGED",
        "OUTPUT-DAMAGED: found published maps that do not read back as written; expected equal voxels; "
        + "look at the disk of the output folder and run the same command again.");

    private async Task SubmitAsync(StudyId study, StudySubmission submission, JournalWatch journal,
        CancellationToken cancellation)
    {
        var command = new StudyCommand.Submit(study, submission.Source, submission.ProtocolDocument, node.NumericClass,
            clock.GetUtcNow());
        var reply = await AskAsync<StudyReply>(node.Studies, command, journal, cancellation);
        if (reply is StudyReply.Rejected no) throw new InvalidOperationException(no.Reason);
    }

    /// <summary>Its answer comes after the new round is on disk, so that no later look sees the old one.</summary>
    private async Task PublishAgainAsync(
        StudyId study, int round, JournalWatch journal, CancellationToken cancellation) =>
        await AskAsync<StudyReply>(
            node.Aggregators, new AggregateCommand.PublishAgain(study, round), journal, cancellation);

    private async Task<Look> LookAsync(StudyId study, JournalWatch journal, CancellationToken cancellation)
    {
        var training = await AskAsync<StudyProgress>(
            node.Studies, new StudyQuery.Progress(study), journal, cancellation);
        var maps = await AskAsync<AggregateProgress>(
            node.Aggregators, new AggregateQuery.Progress(study), journal, cancellation);
        return new Look(training, maps);
    }

    /// <summary>Asks until there is an answer: an entity may be starting, and a message may be lost.</summary>
    private static async Task<T> AskAsync<T>(ICanTell target, object message, JournalWatch journal,
        CancellationToken cancellation)
    {
        while (true)
        {
            journal.ThrowIfFailed();
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await target.Ask<T>(message, AnswerTime, cancellation);
            }
            catch (AskTimeoutException)
            {
            }
        }
    }

    private sealed record Look(StudyProgress Training, AggregateProgress Aggregation)
    {
        public bool IsPublished =>
            Training.Phase == StudyPhase.Published && Aggregation.Phase == StudyPhase.Published;

        /// <summary>A finished study whose files could not be brought to their destination once more.</summary>
        public bool IsUndelivered => Training.Phase == StudyPhase.Published && Aggregation.Phase == StudyPhase.Failed;

        public ImmutableArray<StageCount> Stages => [.. Training.Stages, .. Aggregation.Stages];

        public ImmutableArray<string> Notes => [.. Training.Notes.Concat(Aggregation.Notes).Distinct()];

        public ImmutableArray<PublishedMap> Maps => Training.Maps;

        public int Round => Aggregation.Round;

        /// <summary>
        /// A failed aggregator of a running study has not heard yet that it is to go on, or will say so to the study.
        /// </summary>
        public WorkFailure? Failure => Training.Failure
            ?? (Training.Phase == StudyPhase.Running && Aggregation.Phase == StudyPhase.Failed
                ? null : Aggregation.Failure);
    }
}
