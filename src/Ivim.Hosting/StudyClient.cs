using System.Collections.Immutable;
using Ivim.Domain.Planning;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting;

/// <summary>Submits a study to the actors of a node and follows it to its end.</summary>
public sealed class StudyClient(EmbeddedNode node, TimeProvider clock)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(150);

    /// <param name="isDelivered">Whether the destination holds every one of these maps, whole.</param>
    /// <exception cref="StudyFailedException">The study has failed, or the machine holds it up.</exception>
    public async Task<StudyOutcome> MapAsync(StudySubmission submission,
        Func<ImmutableArray<PublishedMap>, bool> isDelivered, IProgress<StudySnapshot> progress,
        CancellationToken cancellation)
    {
        using var journal = new JournalWatch(node.System);
        var talk = new StudyTalk(node.Regions, journal, clock);
        var study = StudyFiling.File(submission, node.NumericClass, node.Work.Store, node.Work.Dossiers);
        var before = await talk.LookAsync(study, cancellation);
        var itemsBefore = await talk.ItemsAsync(study, cancellation);
        if (before.Quarantine is { } quarantine) throw new StudyFailedException(quarantine);
        await talk.SubmitAsync(study, submission, node.NumericClass, cancellation);
        if (before.IsUndelivered) await talk.PublishAgainAsync(study, before.Round, cancellation);
        bool again = before.IsUndelivered;
        while (true)
        {
            var now = await talk.LookAsync(study, cancellation);
            progress.Report(new StudySnapshot(study, now.Stages, now.Notes));
            if (now.Failure is { } failure) throw new StudyFailedException(failure);
            if (now.Phase == StudyPhase.Cancelled) throw new StudyFailedException(Cancelled);
            if (now.IsPublished && isDelivered(now.Maps))
                return new StudyOutcome(study, before.Stages, now.Stages, now.Maps, now.Notes, again)
                {
                    Computed = ComputedItems.Between(itemsBefore, await talk.ItemsAsync(study, cancellation),
                        before.Training.Phase is StudyPhase.Failed or StudyPhase.Cancelled),
                };
            if (now.IsPublished && again) throw new StudyFailedException(NotDelivered);
            if (now.IsPublished)
            {
                await talk.PublishAgainAsync(study, now.Round, cancellation);
                again = true;
            }
            await Task.Delay(LookInterval, cancellation);
        }
    }

    /// <summary>Somebody did so after this submission, which would have set it going again.</summary>
    private static WorkFailure Cancelled { get; } = new(FailureClass.Infrastructure, "STUDY-CANCELLED",
        "STUDY-CANCELLED: found that somebody has cancelled the study; expected it to go on to its maps; "
        + "run the same command again to go on with it.");

    private static WorkFailure NotDelivered { get; } = new(FailureClass.Infrastructure, "OUTPUT-DAMAGED",
        "OUTPUT-DAMAGED: found published maps that do not read back as written; expected equal voxels; "
        + "look at the disk of the output folder and run the same command again.");
}
