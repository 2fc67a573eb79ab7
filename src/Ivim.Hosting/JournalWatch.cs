using Akka.Actor;
using Ivim.Actors.Work;
using Ivim.Domain.Work;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting;

/// <summary>Notices that the journal of this process can no longer be written or read.</summary>
internal sealed class JournalWatch : IPatience, IDisposable
{
    private readonly ActorSystem _system;
    private readonly IActorRef _listener;
    private volatile JournalFailed? _failed;

    public JournalWatch(ActorSystem system)
    {
        _system = system;
        _listener = system.ActorOf(Props.Create(() => new Listener(this)));
        system.EventStream.Subscribe(_listener, typeof(JournalFailed));
    }

    /// <exception cref="StudyFailedException">DISK-FULL or JOURNAL-FAILED.</exception>
    private void ThrowIfFailed()
    {
        if (_failed is not { } failed) return;
        throw new StudyFailedException(FailureClasses.IsDiskFull(failed.Cause) || IsSqliteFull(failed.Cause)
            ? FailureClasses.DiskFull
            : new WorkFailure(FailureClass.Infrastructure, "JOURNAL-FAILED",
                "JOURNAL-FAILED: found a journal that cannot be written or read; expected a writable work folder "
                + "of this release; "
                + "look at its disk, or choose another folder with --work."));
    }

    public Task BeforeTryAsync(TimeSpan waited, CancellationToken cancellation)
    {
        ThrowIfFailed();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _system.EventStream.Unsubscribe(_listener);
        _system.Stop(_listener);
    }

    private const int SqliteFull = 13;

    private static bool IsSqliteFull(Exception? fault) =>
        fault is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SqliteFull }
        || fault?.InnerException is { } inner && IsSqliteFull(inner);

    private sealed class Listener : ReceiveActor
    {
        public Listener(JournalWatch watch) => Receive<JournalFailed>(failed => watch._failed = failed);
    }
}
