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
        await TellAsync(command, cancellation);
    }

    /// <summary>The study goes on from where it failed or was cancelled; any other is as it was.</summary>
    /// <param name="ended">As the study said of itself when it had ended.</param>
    /// <exception cref="StudyFailedException">HASH-MISMATCH: a person has to decide.</exception>
    public Task RetryAsync(StudyReply.Identity ended, CancellationToken cancellation) =>
        TellAsync(new StudyCommand.Retry(ended.Study, ended.Reopenings, clock.GetUtcNow()), cancellation);

    public Task<StudyReply.Identity> IdentityAsync(StudyId study, CancellationToken cancellation) =>
        AskAsync<StudyReply.Identity>(regions.Studies, new StudyQuery.Identity(study), cancellation);

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
        if (asked.Elapsed >= AnswerTime / 2) training = await LookAtTrainingAsync(study, cancellation);
        return new StudyLook(training, maps);
    }

    /// <summary>Every item that the study and its aggregator know of; none of a study that does not exist.</summary>
    public async Task<IReadOnlyList<ItemStatus>> ItemsAsync(StudyId study, CancellationToken cancellation) =>
    [
        .. await ItemsAsync(regions.Studies, from => new StudyQuery.Items(study, from), cancellation),
        .. await ItemsAsync(regions.Aggregators, from => new AggregateQuery.Items(study, from), cancellation),
    ];

    private async Task<List<ItemStatus>> ItemsAsync(
        ICanTell owner, Func<int, object> query, CancellationToken cancellation)
    {
        var items = new List<ItemStatus>();
        for (int next = 0; next >= 0;)
        {
            var page = await AskAsync<StudyReply.Items>(owner, query(next), cancellation);
            items.AddRange(page.Statuses);
            next = page.Next;
        }
        return items;
    }

    private async Task TellAsync(StudyCommand command, CancellationToken cancellation)
    {
        if (await AskAsync<StudyReply>(regions.Studies, command, cancellation) is not StudyReply.Rejected no) return;
        throw no.Code is { } code
            ? new StudyFailedException(new WorkFailure(FailureClass.Application, code, no.Reason))
            : new InvalidOperationException(no.Reason);
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
