using System.Net;
using System.Net.Http.Json;
using Ivim.Hosting.Api;
using Ivim.Hosting.Planning;

namespace Ivim.Hosting.Tests.Api;

public sealed class PlanTests : IAsyncLifetime, IDisposable
{
    private const string Plan = "/api/v1/plan";

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
    public async Task A_plan_says_what_the_run_then_does_and_starts_and_writes_nothing()
    {
        var request = SmallStudy.Write(_folder["scan"]);
        var fresh = await PlanAsync(new PlanRequest { Submission = request, Workers = 3 });
        Assert.Equal((1, 0), (fresh.Items.Computed["prepare"], fresh.Items.Unknown["prepare"]));
        Assert.Equal((3, 3), (fresh.Items.Computed["train"], fresh.Items.Unknown["train"]));
        Assert.Equal((false, 3, (string?)null, (double?)null),
            (fresh.Exact, fresh.Workers, fresh.LastStudy, fresh.Seconds));
        Assert.False(Directory.Exists(request.Output));
        Assert.False(Directory.Exists(Path.Combine(_served.Folder, "dossiers")));

        var study = await MapAsync(request);
        Assert.Equal(fresh.Study, study);
        var again = await PlanAsync(new PlanRequest { Submission = request });
        Assert.Equal((true, 0, 2), (again.Exact, again.Items.Computed.Values.Sum(), again.Workers));
        Assert.Equal(study, again.LastStudy);
        Assert.Empty(again.Changes);
    }

    [Fact]
    public async Task A_plan_of_a_known_study_names_the_fields_and_the_keys_that_make_it_run_again()
    {
        var study = await MapAsync(SmallStudy.Write(_folder["scan"]));
        var own = await PlanAsync(new PlanRequest { Study = study });
        Assert.Equal((study, 0, study), (own.Study, own.Items.Computed.Values.Sum(), own.LastStudy));

        var bounds = SmallStudy.Protocol.Bounds with { F = new(0, 0.65) };
        var changed = SmallStudy.Protocol with { Bounds = bounds };
        var plan = await PlanAsync(new PlanRequest { Study = study, Protocol = SmallCohort.Json(changed) });
        Assert.Equal("bounds.f.upper", Assert.Single(plan.Changes).Name);
        Assert.Equal((0, 3), (plan.Items.Computed["prepare"], plan.Items.Computed["train"]));
        Assert.Equal(["protocol.bounds.f.upper"], plan.KeyFields["train/slabs"]);
        Assert.NotNull(plan.Seconds);

        var run = await SubmitAsync(SmallStudy.Write(_folder["scan"]) with { Protocol = SmallCohort.Json(changed) });
        Assert.Equal((plan.Study, 3), (run.Study, Computed(run, "train")));
    }

    [Fact]
    public async Task Why_tells_what_differs_from_the_run_before_and_of_an_item_in_which_fields()
    {
        var request = SmallStudy.Write(_folder["scan"]);
        var first = await MapAsync(request);
        var alone = await WhyAsync(first);
        Assert.Equal((StudyPhases.Published, null, 0),
            (alone.Phase, alone.LastStudy, alone.Stages.Sum(stage => stage.Waiting)));
        Assert.Equal(3, Assert.Single(alone.Stages, stage => stage.Kind == "train/slabs").Done);

        var changed = SmallStudy.Protocol with { Bounds = SmallStudy.Protocol.Bounds with { F = new(0, 0.65) } };
        var second = await MapAsync(request with { Protocol = SmallCohort.Json(changed) });
        var reasons = await WhyAsync(second);
        Assert.Equal((first, "bounds.f.upper"), (reasons.LastStudy, Assert.Single(reasons.Changes).Name));
        Assert.Equal(1, Assert.Single(reasons.Stages, stage => stage.Kind == "prepare").Reused);

        var item = (await WhyAsync(second, "?item=train/slab-001/member-00")).Item!;
        Assert.Equal(("done", true), (item.Standing, item.LastRecipeKept));
        Assert.Equal(["protocol.bounds.f.upper"], item.Changes.Select(change => change.Name));
        await AssertRefusedAsync(HttpStatusCode.NotFound, "ITEM-UNKNOWN",
            await _served.Client.GetAsync($"/api/v1/studies/{second}/why?item=train/slab-009"));
    }

    [Fact]
    public async Task What_cannot_be_planned_is_refused_with_its_code()
    {
        const string nobody = "st-00000000000000000000";
        await AssertRefusedAsync(HttpStatusCode.NotFound, "STUDY-UNKNOWN",
            await _served.Client.GetAsync($"/api/v1/studies/{nobody}/why"));
        await AssertRefusedAsync(HttpStatusCode.NotFound, "STUDY-UNKNOWN", new PlanRequest { Study = nobody });
        await AssertRefusedAsync(HttpStatusCode.NotFound, "STUDY-UNKNOWN", new PlanRequest { Study = "../journal" });
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "REQUEST-MALFORMED", new PlanRequest());
        var submission = SmallStudy.Write(_folder["scan"]);
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "REQUEST-MALFORMED",
            new PlanRequest { Study = nobody, Submission = submission });
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "REQUEST-MALFORMED",
            new PlanRequest { Submission = submission, Workers = 0 });
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "FILE-MISSING",
            new PlanRequest { Submission = submission with { Image = submission.Image + ".away" } });
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "NUMERIC-CLASS-UNKNOWN",
            new PlanRequest { Submission = submission with { NumericClass = "class-z" } });
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROTOCOL-SCHEMA",
            new PlanRequest { Submission = submission with { Protocol = JsonOfNothing } });
    }

    private static System.Text.Json.JsonElement JsonOfNothing =>
        System.Text.Json.JsonSerializer.SerializeToElement(new { });

    private async Task<string> MapAsync(StudyRequest request) => (await SubmitAsync(request)).Study;

    private async Task<StudyView> SubmitAsync(StudyRequest request)
    {
        var receipt = await (await _served.SubmitAsync(request)).Content.ReadFromJsonAsync<StudyReceipt>();
        return await _served.AwaitAsync(receipt!.Study, view => view.Phase != StudyPhases.Running);
    }

    private async Task<PlanReport> PlanAsync(PlanRequest request)
    {
        var answer = await _served.Client.PostAsJsonAsync(Plan, request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<PlanReport>())!;
    }

    private async Task<StudyReasons> WhyAsync(string study, string query = "") =>
        (await _served.Client.GetFromJsonAsync<StudyReasons>($"/api/v1/studies/{study}/why{query}"))!;

    private async Task AssertRefusedAsync(HttpStatusCode status, string code, PlanRequest request) =>
        await AssertRefusedAsync(status, code, await _served.Client.PostAsJsonAsync(Plan, request));

    private static async Task AssertRefusedAsync(HttpStatusCode status, string code, HttpResponseMessage answer) =>
        Assert.Equal((status, code), (answer.StatusCode, await ServedStudies.CodeAsync(answer)));

    private static int Computed(StudyView view, string stage) =>
        view.Stages.Where(count => count.Stage == stage).Sum(count => count.Done - count.Reused);
}
