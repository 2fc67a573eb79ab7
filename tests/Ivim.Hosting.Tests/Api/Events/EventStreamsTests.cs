using System.Net;
using System.Net.Http.Json;
using Ivim.Hosting.Api;
using Ivim.Hosting.Api.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api.Events;

/// <summary>Every address of events while nothing happens, and when its caller goes.</summary>
public sealed class EventStreamsTests : IAsyncLifetime, IDisposable
{
    private const int Most = 3;

    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;
    private string[] _addresses = null!;

    private EventStreams Streams => _served.Services.GetRequiredService<EventStreams>();

    public async Task InitializeAsync()
    {
        // Without workers nothing changes.
        _served = await ServedStudies.StartAsync(_folder["work"], [], settings => settings with
        {
            NumericClass = "class-a", EventHeartbeat = TimeSpan.FromMilliseconds(50),
            EventPause = TimeSpan.FromMilliseconds(200), MostEventStreams = Most,
        });
        await _served.AwaitReadyAsync();
        var answer = await _served.SubmitAsync(SmallStudy.Write(_folder["scan"]));
        var study = (await answer.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        await _served.Client.PostAsJsonAsync("/api/v1/cohorts", SmallCohort.Write(_folder["scans"], "trial"));
        _addresses = ["/api/v1/events", $"/api/v1/studies/{study}/events", "/api/v1/cohorts/trial/events"];
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_connection_without_events_has_heartbeats_and_a_caller_that_leaves_leaves_nothing_behind()
    {
        foreach (var address in _addresses)
        {
            await using (var stream = await EventStream.OpenAsync(_served, address))
            {
                Assert.Equal(1, Streams.Open);
                await stream.AwaitHeartbeatAsync();
            }
            await AwaitNoneAsync();
        }
    }

    [Fact]
    public async Task Callers_beyond_the_limit_are_refused_until_one_leaves()
    {
        var streams = new List<EventStream>();
        for (int caller = 0; caller < Most; caller++)
            streams.Add(await EventStream.OpenAsync(_served, _addresses[0]));
        using (var refused = await _served.Client.GetAsync(_addresses[1]))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "EVENTS-TOO-MANY"),
                (refused.StatusCode, await ServedStudies.CodeAsync(refused)));
        Assert.Equal(Most, Streams.Open);
        foreach (var stream in streams) await stream.DisposeAsync();
        await AwaitNoneAsync();
        await using var other = await EventStream.OpenAsync(_served, _addresses[1]);
        await other.AwaitHeartbeatAsync();
    }

    private async Task AwaitNoneAsync()
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        while (Streams.Open > 0) await Task.Delay(20, patience.Token);
    }
}
