using System.Net;
using System.Net.Http.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api;

public sealed class CancellationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cancelled_study_leaves_nothing_in_the_queue_and_goes_on_when_submitted_again()
    {
        // Without workers, the study stays where a cancellation finds it.
        await using var served = await ServedStudies.StartAsync(
            _folder["work"], [], settings => settings with { NumericClass = "class-a" });
        await served.AwaitReadyAsync();
        var request = SmallStudy.Write(_folder["scan"]);
        var study = (await ReceiptAsync(await served.SubmitAsync(request))).Study;
        await AwaitQueueAsync(served, new QueueView(Ready: 1, Leased: 0, Waiting: 0));
        var cancelled = await served.Client.PostAsync($"/api/v1/studies/{study}/cancel", null);
        Assert.Equal(StudyPhases.Cancelled, (await cancelled.Content.ReadFromJsonAsync<StudyView>())!.Phase);
        await AwaitQueueAsync(served, new QueueView(0, 0, 0));
        var twice = await served.Client.PostAsync($"/api/v1/studies/{study}/cancel", null);
        Assert.Equal(HttpStatusCode.OK, twice.StatusCode);
        var again = await served.SubmitAsync(request);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((study, StudyPhases.Running), (await ReceiptAsync(again) is var r ? (r.Study, r.Phase) : default));
        await served.AwaitAsync(study, view => view.Phase == StudyPhases.Running);
    }

    [Fact]
    public async Task A_finished_study_stays_finished_and_an_unknown_one_unknown()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        var study = (await ReceiptAsync(await served.SubmitAsync(SmallStudy.Write(_folder["scan"])))).Study;
        await served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        var late = await served.Client.PostAsync($"/api/v1/studies/{study}/cancel", null);
        Assert.Equal(StudyPhases.Published, (await late.Content.ReadFromJsonAsync<StudyView>())!.Phase);
        var unknown = await served.Client.PostAsync("/api/v1/studies/st-0123456789abcdef0123/cancel", null);
        Assert.Equal("STUDY-UNKNOWN", await ServedStudies.CodeAsync(unknown));
    }

    private static async Task<StudyReceipt> ReceiptAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<StudyReceipt>())!;

    private static async Task AwaitQueueAsync(ServedStudies served, QueueView wanted)
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        while ((await served.Client.GetFromJsonAsync<ClusterView>("/api/v1/cluster", patience.Token))!.Queue != wanted)
            await Task.Delay(50, patience.Token);
    }
}
