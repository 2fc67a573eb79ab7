using System.Net;
using System.Net.Http.Json;
using Ivim.Domain.Studies;
using Ivim.Hosting.Api;
using Ivim.Hosting.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api;

public sealed class RetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_failed_study_is_tried_again_to_its_maps_and_a_published_one_is_not()
    {
        var request = SmallStudy.Write(_folder["scan"]);
        string study;
        await using (var withoutWorkers = await StartWithoutWorkersAsync())
            study = await SubmittedAsync(withoutWorkers, request);
        File.Move(request.Image, request.Image + ".away");
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        var failed = await served.AwaitAsync(study, view => view.Phase == StudyPhases.Failed);
        Assert.Equal("FILE-MISSING", failed.Failure?.Code);
        File.Move(request.Image + ".away", request.Image);
        Assert.Equal(HttpStatusCode.OK, (await RetryAsync(served, study)).StatusCode);
        await served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        var refused = await RetryAsync(served, study);
        Assert.Equal((HttpStatusCode.Conflict, "STUDY-PUBLISHED"),
            (refused.StatusCode, await ServedStudies.CodeAsync(refused)));
    }

    [Fact]
    public async Task A_cancelled_study_goes_on_once_however_often_it_is_tried_again_and_an_unknown_one_never()
    {
        // Without workers, the study stays where the retry has put it.
        await using var served = await StartWithoutWorkersAsync();
        var study = await SubmittedAsync(served, SmallStudy.Write(_folder["scan"]));
        await served.Client.PostAsync($"/api/v1/studies/{study}/cancel", null);
        for (int time = 0; time < 2; time++)
        {
            var view = await (await RetryAsync(served, study)).Content.ReadFromJsonAsync<StudyView>();
            Assert.Equal(StudyPhases.Running, view!.Phase);
        }
        var talk = served.Services.GetRequiredService<StudyTalk>();
        var identity = await talk.IdentityAsync(new StudyId(study), CancellationToken.None);
        Assert.Equal((1, "class-a"), (identity.Reopenings, identity.NumericClass));
        var unknown = await RetryAsync(served, "st-0123456789abcdef0123");
        Assert.Equal((HttpStatusCode.NotFound, "STUDY-UNKNOWN"),
            (unknown.StatusCode, await ServedStudies.CodeAsync(unknown)));
    }

    private async Task<ServedStudies> StartWithoutWorkersAsync()
    {
        var served = await ServedStudies.StartAsync(
            _folder["work"], [], settings => settings with { NumericClass = "class-a" });
        await served.AwaitReadyAsync();
        return served;
    }

    private static async Task<string> SubmittedAsync(ServedStudies served, StudyRequest request) =>
        (await (await served.SubmitAsync(request)).Content.ReadFromJsonAsync<StudyReceipt>())!.Study;

    private static Task<HttpResponseMessage> RetryAsync(ServedStudies served, string study) =>
        served.Client.PostAsync($"/api/v1/studies/{study}/retry", null);
}
