using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api.Events;

public sealed class ViewEventsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStudies.StartAsync(_folder["work"], ["class-a"],
            settings => settings with { EventPause = TimeSpan.FromMilliseconds(100) });
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
        await AssertEndsAsync($"{address}/events", "study", StudyPhases.Published);

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

    [Fact]
    public async Task Events_of_a_cohort_end_with_its_last_entry()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        await _served.Client.PostAsJsonAsync("/api/v1/cohorts",
            request with { Entries = [.. request.Entries.Take(1)] });
        await AssertEndsAsync("/api/v1/cohorts/trial/events", "cohort", CohortPhases.Ended);
        await AssertRefusedAsync("/api/v1/cohorts/nobody/events", "COHORT-UNKNOWN");
    }

    /// <summary>Each event is another than the one before, and who knows the last one hears no more.</summary>
    private async Task AssertEndsAsync(string address, string type, string phase)
    {
        await using var stream = await EventStream.OpenAsync(_served, address);
        var events = await stream.ToEndAsync();
        Assert.All(events, one => Assert.Equal(type, one.EventType));
        foreach (var (one, next) in events.Zip(events.Skip(1))) Assert.NotEqual(one.EventId, next.EventId);
        using var view = JsonDocument.Parse(events[^1].Data);
        Assert.Equal(phase, view.RootElement.GetProperty("phase").GetString());
        await using var again = await EventStream.OpenAsync(_served, address, events[^1].EventId);
        Assert.Empty(await again.ToEndAsync());
    }

    private async Task AssertRefusedAsync(string address, string code)
    {
        using var answer = await _served.Client.GetAsync(address);
        Assert.Equal((HttpStatusCode.NotFound, code), (answer.StatusCode, await ServedStudies.CodeAsync(answer)));
    }
}
