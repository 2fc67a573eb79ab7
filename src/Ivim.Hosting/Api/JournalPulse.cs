using Akka.Actor;
using Akka.Persistence;

namespace Ivim.Hosting.Api;

/// <summary>Knows whether this node's journal answers.</summary>
/// <remarks>
/// It asks for the events and snapshots of nobody to be deleted: that leaves no row behind, and yet the database must
/// be able to write. (Of the two only the snapshots' deletion is a statement that writes; the events' looks first.)
/// One question is open at a time, however many ask here, so that a hung database is not buried under connections; an
/// old question that is answered at last is as good as a new one.
/// </remarks>
internal sealed class JournalPulse(ActorSystem system, TimeProvider clock)
{
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);

    private const string Nobody = "ivim-pulse";

    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(40), Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IActorRef _journal = Persistence.Instance.Apply(system).JournalFor(string.Empty);
    private readonly IActorRef _snapshots = Persistence.Instance.Apply(system).SnapshotStoreFor(string.Empty);
    private Task<bool>? _question;
    private long _askedAt;

    /// <summary>Within <see cref="AnswerTime"/>.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            return await Question().WaitAsync(AnswerTime, clock, cancellation);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private Task<bool> Question()
    {
        lock (_gate)
        {
            if (_question is { IsCompleted: false }) return _question;
            if (_question is { IsCompletedSuccessfully: true, Result: true } && clock.GetElapsedTime(_askedAt) < Fresh)
                return _question;
            _askedAt = clock.GetTimestamp();
            return _question = AskAsync();
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            var events = _journal.Ask<object>(
                replyTo => new DeleteMessagesTo(Nobody, 1, replyTo), GivenUp, CancellationToken.None);
            var snapshots = _snapshots.Ask<object>(
                new DeleteSnapshots(Nobody, SnapshotSelectionCriteria.Latest), GivenUp, CancellationToken.None);
            return await events is DeleteMessagesSuccess && await snapshots is DeleteSnapshotsSuccess;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
