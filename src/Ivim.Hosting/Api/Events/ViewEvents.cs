using System.Runtime.CompilerServices;
using Ivim.Domain.Studies;

namespace Ivim.Hosting.Api.Events;

/// <summary>How one study or cohort gets on, until it is at its end.</summary>
/// <remarks>
/// There is nothing to queue: each event is the view as it is then, so that a slow reader misses states in between
/// and never the last one. An event's id is made of the view: who comes back with it hears of changes only.
/// </remarks>
internal sealed class ViewEvents(StudyReader studies, CohortDesk cohorts, ApiSettings settings, TimeProvider clock)
{
    /// <param name="last">The id of the event that the caller had last; null for none.</param>
    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, or nobody answers.</exception>
    public async Task<IAsyncEnumerable<ServerEvent>> OfStudyAsync(
        StudyId study, string? last, CancellationToken cancellation) => FollowAsync(
        // The first look is before the answer begins, so that a refusal is one.
        Event(await studies.ViewAsync(study, cancellation)),
        async stop => Event(await studies.ViewAsync(study, stop)),
        view => view.Phase != StudyPhases.Running, last, CancellationToken.None);

    /// <exception cref="ApiRefusalException">COHORT-UNKNOWN, or nobody answers.</exception>
    public async Task<IAsyncEnumerable<ServerEvent>> OfCohortAsync(
        string name, string? last, CancellationToken cancellation) => FollowAsync(
        Event(await cohorts.ViewAsync(name, cancellation)),
        async stop => Event(await cohorts.ViewAsync(name, stop)),
        view => view.Phase == CohortPhases.Ended, last, CancellationToken.None);

    private async IAsyncEnumerable<ServerEvent> FollowAsync<TView>(Seen<TView>? seen,
        Func<CancellationToken, Task<Seen<TView>>> look, Predicate<TView> isEnd, string? last,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            if (seen is not null && seen.Event.Id != last)
            {
                last = seen.Event.Id;
                yield return seen.Event;
            }
            if (seen is not null && isEnd(seen.View)) yield break;
            await Task.Delay(settings.EventPause, clock, cancellation);
            seen = await LookAsync(look, cancellation);
        }
    }

    /// <summary>Null where nobody answers at the moment: the next look may find what has moved.</summary>
    private static async Task<Seen<TView>?> LookAsync<TView>(
        Func<CancellationToken, Task<Seen<TView>>> look, CancellationToken cancellation)
    {
        try
        {
            return await look(cancellation);
        }
        catch (ApiRefusalException)
        {
            return null;
        }
    }

    private static Seen<StudyView> Event(StudyView view) =>
        new(view, new ServerEvent(ServerEvent.Study, ServerEvent.SumOf(view), view));

    private static Seen<CohortView> Event(CohortView view) =>
        new(view, new ServerEvent(ServerEvent.Cohort, ServerEvent.SumOf(view), view));

    private sealed record Seen<TView>(TView View, ServerEvent Event);
}
