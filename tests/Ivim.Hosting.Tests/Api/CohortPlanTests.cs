using System.Net;
using System.Net.Http.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Planning;

namespace Ivim.Hosting.Tests.Api;

public sealed class CohortPlanTests : IAsyncLifetime, IDisposable
{
    private const int Entries = SmallCohort.Centres * SmallCohort.PerCentre, Slabs = 3;

    private const string Trial = "/api/v1/cohorts/trial";

    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStudies.StartAsync(_folder["work"], ["class-a", "class-a"]);
        await _served.AwaitReadyAsync();
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_foretold_of_other_bounds_and_of_another_polish_is_what_is_then_computed()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        Assert.Equal(HttpStatusCode.Created,
            (await _served.Client.PostAsJsonAsync("/api/v1/cohorts", request)).StatusCode);
        await EndAsync();

        var bounds = SmallStudy.Protocol with { Bounds = SmallStudy.Protocol.Bounds with { F = new(0, 0.65) } };
        var plan = await PlanAsync(bounds);
        Assert.Equal((Entries, 0, 0, 2), (plan.Planned, plan.Unprepared, plan.Unread, plan.Workers));
        Assert.Equal(new CohortChange("bounds.f.upper", "0.7", "0.65", Entries), Assert.Single(plan.Changes));
        Assert.Equal((0, Entries * Slabs), (plan.Items.Computed["prepare"], plan.Items.Computed["train"]));
        Assert.NotNull(plan.Seconds);
        Assert.Equal(plan.Items.Computed["train"], Computed(await ChangeAsync(bounds), "train"));

        var polish = bounds with { Polish = bounds.Polish with { Sweeps = 20 } };
        var polished = await PlanAsync(polish);
        Assert.Equal((0, 0, Entries), Counts(stage => polished.Items.Computed[stage]));
        var views = await ChangeAsync(polish);
        Assert.Equal((0, 0, Entries), Counts(stage => Computed(views, stage)));
        var same = await PlanAsync(polish);
        Assert.Equal((true, 0), (same.Exact, same.Items.Computed.Values.Sum()));
    }

    [Fact]
    public async Task Entries_that_nobody_has_read_or_that_cannot_be_mapped_so_are_told_apart()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        await _served.Client.PostAsJsonAsync("/api/v1/cohorts", request with { Entries = [] });
        await _served.Client.PostAsync($"{Trial}/pause", null);
        await _served.Client.PostAsJsonAsync("/api/v1/cohorts", request);
        var first = (await EntriesAsync())[0].Entry;
        await _served.Client.PostAsync($"{Trial}/cancel?entry={first}", null);
        var waiting = await PlanAsync(SmallStudy.Protocol);
        Assert.Equal((0, 5, 1, false), (waiting.Planned, waiting.Unread, waiting.Cancelled, waiting.Exact));
        Assert.Empty(waiting.Stages);

        await _served.Client.PostAsync($"{Trial}/resume", null);
        await EndAsync();
        var same = await PlanAsync(SmallStudy.Protocol);
        Assert.Equal((5, 0, true), (same.Planned, same.Items.Computed.Values.Sum(), same.Exact));
        Assert.Empty(same.Changes);

        // No b-value lies between the cutoff and the top of these scans, so that nothing could be fitted there.
        var refused = await PlanAsync(SmallStudy.Protocol with
        {
            Method = Methods.Segmented, Segmented = new SegmentedRules { CutoffSecondsPerMm2 = 700 },
        });
        Assert.Equal((0, 5), (refused.Planned, Assert.Single(refused.Codes).Entries));

        var unknown = await _served.Client.PostAsJsonAsync(
            "/api/v1/cohorts/nobody/plan", SmallCohort.Json(SmallStudy.Protocol));
        Assert.Equal((HttpStatusCode.NotFound, "COHORT-UNKNOWN"),
            (unknown.StatusCode, await ServedStudies.CodeAsync(unknown)));
    }

    private async Task<CohortPlanReport> PlanAsync(Protocol protocol)
    {
        var answer = await _served.Client.PostAsJsonAsync($"{Trial}/plan", SmallCohort.Json(protocol));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<CohortPlanReport>())!;
    }

    /// <returns>The studies of the cohort when it has ended under the protocol.</returns>
    private async Task<List<StudyView>> ChangeAsync(Protocol protocol)
    {
        var changed = await _served.Client.PutAsJsonAsync($"{Trial}/protocol", SmallCohort.Json(protocol));
        Assert.True(changed.IsSuccessStatusCode);
        await EndAsync();
        var views = new List<StudyView>();
        foreach (var entry in await EntriesAsync())
            views.Add((await _served.Client.GetFromJsonAsync<StudyView>($"/api/v1/studies/{entry.Study}"))!);
        return views;
    }

    private async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        while (true)
        {
            var view = (await _served.Client.GetFromJsonAsync<CohortView>(Trial, patience.Token))!;
            Assert.Empty(view.Codes);
            if (view.Phase == CohortPhases.Ended) return;
            await Task.Delay(100, patience.Token);
        }
    }

    private async Task<IReadOnlyList<EntryView>> EntriesAsync() =>
        (await _served.Client.GetFromJsonAsync<EntryPage>($"{Trial}/entries"))!.Entries;

    private static int Computed(IEnumerable<StudyView> views, string stage) => views
        .SelectMany(view => view.Stages).Where(count => count.Stage == stage).Sum(count => count.Done - count.Reused);

    private static (int Train, int Merge, int Polish) Counts(Func<string, int> of) =>
        (of("train"), of("merge"), of("polish"));
}
