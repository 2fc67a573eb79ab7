using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Ivim.Hosting.Api.Events;

/// <summary>
/// Sends events (WHATWG HTML, server-sent events) until they end, the caller leaves or the server stops. While there
/// are none, a comment line says that the connection lives.
/// </summary>
internal sealed class EventStreams(ApiSettings settings, TimeProvider clock, IHostApplicationLifetime life)
{
    public const string ContentType = "text/event-stream";

    private static readonly byte[] Heartbeat = ": heartbeat\n\n"u8.ToArray();

    private int _open;

    /// <summary>Callers that are listening.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <exception cref="ApiRefusalException">EVENTS-TOO-MANY.</exception>
    public async Task SendAsync(HttpContext http, IAsyncEnumerable<ServerEvent> events)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, life.ApplicationStopping);
        try
        {
            if (Interlocked.Increment(ref _open) > settings.MostEventStreams) throw ApiRefusalException.TooManyStreams;
            http.Response.ContentType = ContentType;
            http.Response.Headers.CacheControl = "no-cache,no-store";
            await http.Response.Body.FlushAsync(end.Token);
            await CopyAsync(events, http.Response.Body, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task CopyAsync(IAsyncEnumerable<ServerEvent> events, Stream body, CancellationTokenSource end)
    {
        await using var each = events.GetAsyncEnumerator(end.Token);
        var next = each.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                bool isThere = await CameAsync(next, end.Token);
                if (isThere && !await next) return;
                await body.WriteAsync(isThere ? Bytes(each.Current) : Heartbeat, end.Token);
                await body.FlushAsync(end.Token);
                if (isThere) next = each.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // Whoever is still looking for the next one has to stop before it can be let go.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False where it was time for a heartbeat before.</returns>
    private async Task<bool> CameAsync(Task next, CancellationToken cancellation)
    {
        await next.WaitAsync(settings.EventHeartbeat, clock, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return next.IsCompleted;
    }

    private static byte[] Bytes(ServerEvent one) => Encoding.UTF8.GetBytes(
        $"event: {one.Type}\nid: {one.Id}\n"
        + $"data: {JsonSerializer.Serialize(one.View, one.View.GetType(), JsonSerializerOptions.Web)}\n\n");
}
