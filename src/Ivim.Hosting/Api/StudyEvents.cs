using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Ivim.Domain.Studies;
using Microsoft.Extensions.Hosting;

namespace Ivim.Hosting.Api;

/// <summary>How a study gets on, as events (WHATWG HTML, server-sent events).</summary>
/// <remarks>
/// There is nothing to queue: each event is the view as it is then, so that a slow reader misses states in between
/// and never the last one. An event's id is made of the view: who comes back with it hears of changes only.
/// </remarks>
internal sealed class StudyEvents(StudyReader reader, TimeProvider clock, IHostApplicationLifetime life)
{
    /// <summary>An event that says only that the connection lives.</summary>
    public const string Heartbeat = "heartbeat";

    public const string Study = "study";

    private const int LooksPerHeartbeat = 15, IdBytes = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="last">The id of the event that the caller had last; null for none.</param>
    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, or nobody answers.</exception>
    public async Task<IAsyncEnumerable<SseItem<StudyView?>>> OfAsync(
        StudyId study, string? last, CancellationToken cancellation)
    {
        // The first look is before the answer begins, so that a refusal is one.
        var view = await reader.ViewAsync(study, cancellation);
        return FollowAsync(study, view, last, cancellation);
    }

    private async IAsyncEnumerable<SseItem<StudyView?>> FollowAsync(StudyId study, StudyView? view, string? last,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int silent = 0; !life.ApplicationStopping.IsCancellationRequested; silent++)
        {
            if (view is not null && IdOf(view) is var id && id != last)
            {
                (last, silent) = (id, 0);
                yield return new SseItem<StudyView?>(view, Study) { EventId = id };
            }
            if (view is not null && view.Phase != StudyPhases.Running) yield break;
            if (silent == LooksPerHeartbeat)
            {
                silent = 0;
                yield return new SseItem<StudyView?>(null, Heartbeat);
            }
            await Task.Delay(Pause, clock, cancellation);
            view = await LookAsync(study, cancellation);
        }
    }

    /// <summary>Null where nobody answers at the moment: the next look may find a study that has moved.</summary>
    private async Task<StudyView?> LookAsync(StudyId study, CancellationToken cancellation)
    {
        try
        {
            return await reader.ViewAsync(study, cancellation);
        }
        catch (ApiRefusalException)
        {
            return null;
        }
    }

    private static string IdOf(StudyView view) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view))[..IdBytes]);
}
