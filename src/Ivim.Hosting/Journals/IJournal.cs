using Ivim.Hosting.Membership;
using Ivim.Physics;

namespace Ivim.Hosting.Journals;

/// <summary>Where studies keep their events: one database, shared by all seeds.</summary>
public interface IJournal
{
    /// <summary>`sqlite` or `postgresql`.</summary>
    string Kind { get; }

    /// <summary>The plugins for events, snapshots and queries. Holds the password: for the actor system only.</summary>
    string Hocon { get; }

    /// <summary>Decides between two halves of the seeds, in the same database.</summary>
    IArbiter Arbiter { get; }

    /// <summary>Knows which cluster is the one there is, in the same database.</summary>
    ClusterRegister Register { get; }

    /// <summary>What it tells of studies to whoever only reads.</summary>
    StudyRecords Records { get; }

    /// <summary>Whether it takes a statement now; within seconds, and never by an exception.</summary>
    Task<bool> AnswersAsync(CancellationToken cancellation);

    /// <summary>Tries to reach it, and makes it where that is possible.</summary>
    /// <returns>False where it is away and worth waiting for.</returns>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE, JOURNAL-DENIED: waiting would not help.</exception>
    Task<bool> TryOpenAsync(CancellationToken cancellation);
}
