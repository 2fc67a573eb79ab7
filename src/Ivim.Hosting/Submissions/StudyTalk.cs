using System.Diagnostics;
using Akka.Actor;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Hosting.Submissions;

/// <summary>Tells and asks studies what doors need; each question is put until it is answered.</summary>
/// <remarks>
/// An entity may be starting or moving, and a message may be lost. Every command is idempotent, so that asking twice
/// does no harm.
/// </remarks>
internal sealed class StudyTalk(StudyRegions regions, IPatience patience, TimeProvider clock)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    /// <exception cref="StudyFailedException">HASH-MISMATCH: a person has to decide.</exception>
    /// <exception cref="InvalidOperationException">The study refuses what no caller should have sent.</exception>
    public async Task SubmitAsync(
        StudyId study, StudySubmission submission, string numericClass, CancellationToken cancellation)
    {
        var command = new StudyCommand.Submit(
            study, submission.Source, submission.ProtocolDocument, numericClass, clock.GetUtcNow());
        var reply = await AskAsync<StudyReply>(regions.Studies, command, cancellation);
        if (reply is not StudyReply.Rejected no) return;
        throw no.Code is { } code
            ? new StudyFailedException(new WorkFailure(FailureClass.Application, code, no.Reason))
            : new InvalidOperationException(no.Reason);
    }

    /// <summary>Ends the work on a running study; of one that has ended, nothing changes.</summary>
    /// <returns>Whether there is such a study.</returns>
    public async Task<bool> CancelAsync(StudyId study, CancellationToken cancellation) =>
        await AskAsync<StudyReply>(regions.Studies, new StudyCommand.Cancel(study, clock.GetUtcNow()), cancellation)
            is StudyReply.Accepted;

    /// <summary>Its answer comes after the new round is on disk, so that no later look sees the old one.</summary>
    public async Task PublishAgainAsync(StudyId study, int round, CancellationToken cancellation) =>
        await AskAsync<StudyReply>(regions.Aggregators, new AggregateCommand.PublishAgain(study, round), cancellation);

    /// <summary>Both parts are of about the same moment.</summary>
    public async Task<StudyLook> LookAsync(StudyId study, CancellationToken cancellation)
    {
        var training = await LookAtTrainingAsync(study, cancellation);
        var asked = Stopwatch.StartNew();
        var maps = await AskAsync<AggregateProgress>(
            regions.Aggregators, new AggregateQuery.Progress(study), cancellation);
        // An aggregator that moves to another seed answers late, and the study went on meanwhile.
        if (asked.Elapsed >= AnswerTime) training = await LookAtTrainingAsync(study, cancellation);
        return new StudyLook(training, maps);
    }

    public async Task<T> AskAsync<T>(ICanTell target, object message, CancellationToken cancellation)
    {
        var clockwork = Stopwatch.StartNew();
        var waited = TimeSpan.Zero;
        while (true)
        {
            await patience.BeforeTryAsync(waited, cancellation);
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await target.Ask<T>(message, AnswerTime, cancellation);
            }
            catch (AskTimeoutException)
            {
                waited = clockwork.Elapsed;
            }
        }
    }

    private Task<StudyProgress> LookAtTrainingAsync(StudyId study, CancellationToken cancellation) =>
        AskAsync<StudyProgress>(regions.Studies, new StudyQuery.Progress(study), cancellation);
}
