using System.Net;
using System.Net.Http.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api;

/// <summary>A study that no worker fits says so; a class that is none is refused.</summary>
public sealed class WaitingStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_that_no_connected_worker_fits_says_what_it_waits_for()
    {
        await using var served = await ServedStudies.StartAsync(
            _folder["work"], ["class-a"], settings => settings with { NumericClass = "class-x" });
        await served.AwaitReadyAsync();
        var taken = await served.SubmitAsync(SmallStudy.Write(_folder["scan"]));
        var study = (await taken.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        var waiting = await served.AwaitAsync(study, view => view.Failure is not null);
        Assert.Equal((StudyPhases.Running, "NO-WORKER-FITS"), (waiting.Phase, waiting.Failure!.Code));
        Assert.Contains("only workers of class-a; expected a worker of class class-x that runs prepare/",
            waiting.Failure.Message, StringComparison.Ordinal);
        var list = await served.Client.GetFromJsonAsync<StudyList>("/api/v1/studies");
        Assert.Equal("NO-WORKER-FITS", Assert.Single(list!.Studies).Failure?.Code);
    }

    [Fact]
    public async Task A_class_that_no_worker_ever_had_is_refused_and_where_none_was_seen_one_that_cannot_be()
    {
        var request = SmallStudy.Write(_folder["scan"]);
        await using (var served = await ServedStudies.StartAsync(_folder["some"], ["class-a"]))
        {
            await served.AwaitReadyAsync();
            Assert.True((await served.SubmitAsync(request)).IsSuccessStatusCode);
            var other = await served.SubmitAsync(request with { NumericClass = "cuda-sm90-torch0.107" });
            Assert.Equal("NUMERIC-CLASS-UNKNOWN", await ServedStudies.CodeAsync(other));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        }
        await using var alone = await ServedStudies.StartAsync(_folder["none"], []);
        await alone.AwaitReadyAsync();
        var wrong = await alone.SubmitAsync(request with { NumericClass = "cpu-x64-typo" });
        Assert.Equal("NUMERIC-CLASS-UNKNOWN", await ServedStudies.CodeAsync(wrong));
        var known = await alone.SubmitAsync(request with { NumericClass = "cpu-x64-avx2-intel-torch0.107" });
        Assert.Equal(HttpStatusCode.Created, known.StatusCode);
    }
}
