using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api.Events;

public sealed class EventFeedTests : IDisposable
{
    private const string All = "/api/v1/events";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_studies_and_cohorts_are_told_and_who_comes_back_hears_only_what_is_new()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"],
            settings => settings with { EventPause = TimeSpan.FromMilliseconds(100) });
        await served.AwaitReadyAsync();
        string last, first = await SubmittedAsync(served, "first", s0: 900);
        await using (var stream = await EventStream.OpenAsync(served, All))
        {
            var events = await stream.UntilAsync((one, view) => IsPublished(one, view, first));
            Assert.All(events, one => Assert.Equal("study", one.EventType));
            last = events[^1].EventId!;
        }
        var request = SmallCohort.Write(_folder["scans"], "trial");
        await served.Client.PostAsJsonAsync(
            "/api/v1/cohorts", request with { Entries = [.. request.Entries.Take(1)] });
        await using (var back = await EventStream.OpenAsync(served, All, last))
        {
            var events = await back.UntilAsync((one, view) => one.EventType == "cohort"
                && view.GetProperty("phase").GetString() == CohortPhases.Ended);
            Assert.DoesNotContain(events, one => one.Data.Contains(first, StringComparison.Ordinal));
            Assert.Contains(events, one => one.EventType == "study");
            Assert.Distinct(events.Select(one => one.EventId));
            Assert.All(events, one => Assert.DoesNotContain(SmallCohort.Canary, NameOf(one), StringComparison.Ordinal));
        }
        await using var stranger = await EventStream.OpenAsync(served, All, "of-another-server-7");
        Assert.NotEmpty(await stranger.UntilAsync((one, view) => IsPublished(one, view, first)));
    }

    [Fact]
    public async Task A_study_that_goes_on_after_its_end_is_told_again()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], [], settings => settings with
        {
            NumericClass = "class-a", EventPause = TimeSpan.FromMilliseconds(100),
        });
        await served.AwaitReadyAsync();
        var study = await SubmittedAsync(served, "scan", s0: 1000);
        await using var stream = await EventStream.OpenAsync(served, All);
        await OrderAsync(served, study, "cancel", stream, StudyPhases.Cancelled);
        await OrderAsync(served, study, "retry", stream, StudyPhases.Running);
    }

    private static async Task OrderAsync(
        ServedStudies served, string study, string order, EventStream stream, string phase)
    {
        await served.Client.PostAsync($"/api/v1/studies/{study}/{order}", null);
        Assert.NotEmpty(await stream.UntilAsync((one, view) => Is(one, view, study, phase)));
    }

    private static bool IsPublished(SseItem<string> one, JsonElement view, string study) =>
        Is(one, view, study, StudyPhases.Published);

    private static bool Is(SseItem<string> one, JsonElement view, string study, string phase) =>
        one.EventType == "study" && view.GetProperty("study").GetString() == study
        && view.GetProperty("phase").GetString() == phase;

    /// <summary>Maps have paths, which their owner may name as they please.</summary>
    private static string NameOf(SseItem<string> one) =>
        JsonSerializer.Deserialize<JsonElement>(one.Data) is var view && one.EventType == "study"
            ? view.GetProperty("study").GetString()! : view.GetProperty("name").GetString()!;

    private async Task<string> SubmittedAsync(ServedStudies served, string folder, double s0)
    {
        var answer = await served.SubmitAsync(SmallStudy.Write(_folder[folder], s0));
        return (await answer.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
    }
}
