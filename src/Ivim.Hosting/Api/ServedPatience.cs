using Ivim.Hosting.Submissions;

namespace Ivim.Hosting.Api;

/// <summary>
/// A caller hears within seconds what is amiss: first the journal is suspected, then the cluster is on the move.
/// </summary>
internal sealed class ServedPatience(JournalPulse journal) : IPatience
{
    /// <summary>A study that moves to another seed is up again within this, or something else is wrong.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    /// <exception cref="ApiRefusalException">JOURNAL-AWAY, CLUSTER-SILENT.</exception>
    public async Task BeforeTryAsync(TimeSpan waited, CancellationToken cancellation)
    {
        if (waited == TimeSpan.Zero) return;
        if (!await journal.AnswersAsync(cancellation)) throw ApiRefusalException.JournalAway;
        if (waited > Most) throw ApiRefusalException.StudySilent;
    }
}
