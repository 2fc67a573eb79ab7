using System.Net;
using System.Net.Http.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api;

public sealed class ItemTests : IAsyncLifetime, IDisposable
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
    public async Task Every_item_of_a_published_study_is_told_with_its_artifacts_a_page_at_a_time()
    {
        var study = await SubmittedAsync(SmallStudy.Write(_folder["scan"]));
        var view = await _served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        var all = await PageAsync(study, "");
        Assert.Equal(view.Stages.Sum(stage => stage.Total), all.Total);
        Assert.Equal((all.Total, null), (all.Items.Count, all.Next));
        Assert.All(all.Items, item =>
        {
            Assert.Equal((ItemStates.Done, 1.0, null, 1), (item.State, item.Fraction, item.Code, item.Attempts));
            Assert.NotEmpty(item.Artifacts);
        });
        Assert.Equal(("prepare", null, null), (all.Items[0].Item, all.Items[0].Slab, all.Items[0].Member));
        var published = all.Items.Single(item => item.Stage == "publish").Artifacts;
        Assert.Contains(published, artifact => artifact.Sha256 == view.Maps["D"].Sha256);

        var first = await PageAsync(study, "?most=2");
        var second = await PageAsync(study, $"?from={first.Next}");
        Assert.Equal(all.Items.Select(item => item.Item), first.Items.Concat(second.Items).Select(item => item.Item));
        Assert.Empty((await PageAsync(study, "?state=running")).Items);
    }

    [Fact]
    public async Task The_item_that_failed_is_told_with_its_code_and_no_text_of_the_files()
    {
        var request = SmallStudy.Write(_folder[SmallCohort.Canary]);
        File.WriteAllText(request.Image, SmallCohort.Canary);
        var study = await SubmittedAsync(request);
        await _served.AwaitAsync(study, view => view.Phase == StudyPhases.Failed);
        var failed = Assert.Single((await PageAsync(study, "?state=failed")).Items);
        Assert.Equal(("prepare", 1, "NIFTI-NOT-NIFTI"), (failed.Item, failed.Attempts, failed.Code));
        var text = await _served.Client.GetStringAsync(new Uri($"/api/v1/studies/{study}/items", UriKind.Relative));
        Assert.DoesNotContain(SmallCohort.Canary, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/studies/st-0123456789abcdef0123/items", HttpStatusCode.NotFound, "STUDY-UNKNOWN")]
    [InlineData("/api/v1/studies/st-1/items?state=asleep", HttpStatusCode.UnprocessableEntity, "ITEM-STATE")]
    public async Task What_cannot_be_told_is_refused(string address, HttpStatusCode status, string code)
    {
        using var answer = await _served.Client.GetAsync(address);
        Assert.Equal((status, code), (answer.StatusCode, await ServedStudies.CodeAsync(answer)));
    }

    private async Task<ItemPage> PageAsync(string study, string query) =>
        (await _served.Client.GetFromJsonAsync<ItemPage>($"/api/v1/studies/{study}/items{query}"))!;

    private async Task<string> SubmittedAsync(StudyRequest request) =>
        (await (await _served.SubmitAsync(request)).Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
}
