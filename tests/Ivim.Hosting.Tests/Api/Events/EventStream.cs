using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Ivim.Hosting.Tests.Api.Events;

/// <summary>A caller that listens to events, as its connection brings them.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = new(ServedStudies.Patience);
    private readonly HttpResponseMessage _answer;
    private readonly Stream _body;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(HttpResponseMessage answer, Stream body)
    {
        (_answer, _body) = (answer, body);
        _events = SseParser.Create(body).EnumerateAsync(_patience.Token).GetAsyncEnumerator();
    }

    /// <param name="last">The id of the last event that is known; null for none.</param>
    public static async Task<EventStream> OpenAsync(ServedStudies served, string address, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        var answer = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next ones up to the first that is wanted, or to the end.</summary>
    public async Task<List<SseItem<string>>> UntilAsync(Func<SseItem<string>, JsonElement, bool> wanted)
    {
        var events = new List<SseItem<string>>();
        while (await _events.MoveNextAsync())
        {
            events.Add(_events.Current);
            if (wanted(_events.Current, JsonSerializer.Deserialize<JsonElement>(_events.Current.Data))) break;
        }
        return events;
    }

    public Task<List<SseItem<string>>> ToEndAsync() => UntilAsync((_, _) => false);

    /// <summary>Whatever else comes, a comment line comes.</summary>
    public async Task AwaitHeartbeatAsync()
    {
        using var reader = new StreamReader(_body, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(_patience.Token) is { } line)
            if (line.StartsWith(':')) return;
        Assert.Fail("the events have ended without a heartbeat");
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _answer.Dispose();
        _patience.Dispose();
    }
}
