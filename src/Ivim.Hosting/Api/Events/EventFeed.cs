using System.Runtime.CompilerServices;
using Ivim.Domain.Studies;

namespace Ivim.Hosting.Api.Events;

/// <summary>How all studies and cohorts get on: first as each stands, then each that has changed.</summary>
/// <remarks>
/// Callers share one look at a time, and whoever comes first takes it: without callers nothing runs, and who leaves
/// leaves nothing behind.
/// </remarks>
internal sealed class EventFeed(StudyReader studies, KnownStudies known, CohortDesk cohorts, ApiSettings settings,
    TimeProvider clock) : IDisposable
{
    /// <summary>So many of the latest submissions, as the list of studies has.</summary>
    private const int MostStudies = 1000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly LatestViews _latest = new();
    private readonly StudyRounds _rounds = new();
    private long? _lookedAt;

    /// <param name="last">The id of the event that the caller had last; null for none.</param>
    public async IAsyncEnumerable<ServerEvent> FollowAsync(
        string? last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            await LookAsync(cancellation);
            foreach (var change in _latest.Since(last))
            {
                last = change.Id;
                yield return change;
            }
            await Task.Delay(settings.EventPause, clock, cancellation);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task LookAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_lookedAt is { } before && clock.GetElapsedTime(before) < settings.EventPause) return;
            var due = _rounds.Due([.. known.Submissions.Take(MostStudies)], clock.GetUtcNow());
            foreach (var view in await studies.ViewsAsync(due, cancellation))
            {
                _rounds.Saw(new StudyId(view.Study), isOpen: view.Phase is StudyPhases.Running or StudyPhases.Silent);
                _latest.Put(view);
            }
            _latest.KeepStudies(_rounds.Names);
            foreach (var view in (await cohorts.ListAsync(cancellation)).Cohorts) _latest.Put(view);
            _lookedAt = clock.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }
}
