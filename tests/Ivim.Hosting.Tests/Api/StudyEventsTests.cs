using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api;

public sealed class StudyEventsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await _served.AwaitReadyAsync();
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_end_with_the_study_and_its_maps_are_given_by_their_hash_and_to_no_other()
    {
        var answer = await _served.SubmitAsync(SmallStudy.Write(_folder["scan"]));
        var study = (await answer.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        var address = $"/api/v1/studies/{study}";

        var events = await EventsAsync(address, last: null);
        Assert.All(events, one => Assert.Contains(one.EventType, new[] { "study", "heartbeat" }));
        using var view = JsonDocument.Parse(events[^1].Data);
        Assert.Equal("published", view.RootElement.GetProperty("phase").GetString());
        Assert.Equal(events.Count(one => one.EventType == "study"),
            events.Where(one => one.EventType == "study").DistinctBy(one => one.EventId).Count());
        Assert.Empty(await EventsAsync(address, events[^1].EventId));

        var maps = (await _served.Client.GetFromJsonAsync<StudyView>(address))!.Maps;
        var artifacts = (await _served.Client.GetFromJsonAsync<ArtifactList>($"{address}/artifacts"))!.Artifacts;
        Assert.Equal(maps.Select(map => (map.Key, map.Value.Sha256)),
            artifacts.Select(artifact => (artifact.Parameter, artifact.Sha256)));
        var d = maps["D"];
        Assert.Equal(await File.ReadAllBytesAsync(d.Path),
            await _served.Client.GetByteArrayAsync($"{address}/artifacts/{d.Sha256}"));

        File.Copy(maps["f"].Path, d.Path, overwrite: true);
        await AssertRefusedAsync($"{address}/artifacts/{d.Sha256}", "ARTIFACT-AWAY");
        File.Delete(d.Path);
        await AssertRefusedAsync($"{address}/artifacts/{d.Sha256}", "ARTIFACT-AWAY");
        await AssertRefusedAsync($"{address}/artifacts/{new string('0', 64)}", "ARTIFACT-UNKNOWN");
        await AssertRefusedAsync($"{address}/artifacts/..%2F..%2Fetc%2Fpasswd", "ARTIFACT-UNKNOWN");
        await AssertRefusedAsync("/api/v1/studies/st-1/events", "STUDY-UNKNOWN");
    }

    private async Task AssertRefusedAsync(string address, string code)
    {
        using var answer = await _served.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(code, await ServedStudies.CodeAsync(answer));
    }

    /// <summary>All, until the server ends them.</summary>
    private async Task<List<SseItem<string>>> EventsAsync(string study, string? last)
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{study}/events");
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        using var answer = await _served.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var events = new List<SseItem<string>>();
        await using var stream = await answer.Content.ReadAsStreamAsync(patience.Token);
        await foreach (var one in SseParser.Create(stream).EnumerateAsync(patience.Token)) events.Add(one);
        return events;
    }
}
