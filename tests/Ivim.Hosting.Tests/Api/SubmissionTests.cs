using System.Net;
using System.Net.Http.Json;
using Ivim.Actors.Stages;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Hosting.Api;
using Microsoft.Data.Sqlite;

namespace Ivim.Hosting.Tests.Api;

public sealed class SubmissionTests : IAsyncLifetime, IDisposable
{
    /// <summary>Part of every path of the scan; to be found in dossiers and answers to the caller only.</summary>
    private const string Canary = "MEIER-ANNA-4711";

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
    public async Task Twenty_equal_submissions_at_once_are_one_study_that_is_published_once()
    {
        var request = SmallStudy.Write(_folder[Canary]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _served.SubmitAsync(request)));
        Assert.All(answers, answer =>
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.OK }));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        var receipts = await Task.WhenAll(answers.Select(ReceiptAsync));
        var study = Assert.Single(receipts.Select(receipt => receipt.Study).Distinct());
        var view = await _served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        Assert.True(Destination(request).Holds(
            [.. view.Maps.Select(map => new PublishedMap(map.Key, map.Value.Sha256))]));
        Assert.All(view.Maps.Values, map => Assert.True(File.Exists(map.Path)));
        Assert.All(view.Stages, stage => Assert.Equal((stage.Total, 1.0), (stage.Done, stage.Fraction)));
        Assert.Equal(receipts[0].Protocol, view.Protocol);
        Assert.Null(view.Failure);
        Assert.Equal(1, EventsOf($"study-{study}", "study.submitted.v1"));
        Assert.Equal(1, EventsOf($"study-{study}", "study.published.v1"));
        var list = await _served.Client.GetFromJsonAsync<StudyList>("/api/v1/studies");
        Assert.Equal(study, Assert.Single(list!.Studies).Study);
        await AssertNowhereAsync(Canary);
    }

    [Fact]
    public async Task A_finished_study_whose_files_were_taken_away_brings_them_again_when_submitted_again()
    {
        var request = SmallStudy.Write(_folder[Canary]);
        var study = (await ReceiptAsync(await _served.SubmitAsync(request))).Study;
        await _served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        var whole = await ReceiptAsync(await _served.SubmitAsync(request));
        Assert.Equal((StudyPhases.Published, false), (whole.Phase, whole.Republished));
        Directory.Delete(request.Output, recursive: true);
        var answer = await _served.SubmitAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var again = await ReceiptAsync(answer);
        Assert.Equal((study, StudyPhases.Running, true), (again.Study, again.Phase, again.Republished));
        var view = await _served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        Assert.All(view.Maps.Values, map => Assert.True(File.Exists(map.Path)));
    }

    [Fact]
    public async Task What_cannot_be_mapped_is_refused_with_its_code_and_leaves_no_study()
    {
        var good = SmallStudy.Write(_folder[Canary]);
        await AssertRefusedAsync("FILE-MISSING", good with { Image = good.Image + ".gz" });
        await AssertRefusedAsync("FILE-MISSING", good with { Mask = _folder["no-mask.nii"] });
        await AssertRefusedAsync("FILE-IS-FOLDER", good with { Bvalues = _folder[Canary] });
        await AssertRefusedAsync("PATH-RELATIVE", good with { Output = "maps" });
        await AssertRefusedAsync("STUDY-NAME", good with { Name = "../../etc" });
        await AssertRefusedAsync("OUTPUT-UNWRITABLE", good with { Output = good.Image });
        await AssertRefusedAsync("PROTOCOL-SCHEMA",
            good with { Protocol = System.Text.Json.JsonSerializer.SerializeToElement(new { }) });
        Assert.Empty((await _served.Client.GetFromJsonAsync<StudyList>("/api/v1/studies"))!.Studies);
        Assert.False(Directory.Exists(good.Output));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"image\":\"/a\"}")]
    [InlineData("{\"image\":1}")]
    public async Task What_is_no_submission_is_said_to_be_none(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await _served.Client.PostAsync("/api/v1/studies", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("REQUEST-MALFORMED", await ServedStudies.CodeAsync(answer));
    }

    [Theory]
    [InlineData("st-0123456789abcdef0123")]
    [InlineData("st-1")]
    [InlineData("..%2f..%2fjournal")]
    public async Task A_study_that_nobody_submitted_is_unknown(string study)
    {
        var answer = await _served.Client.GetAsync($"/api/v1/studies/{study}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("STUDY-UNKNOWN", await ServedStudies.CodeAsync(answer));
        Assert.Equal(0, EventsOf($"study-{study}", "study.submitted.v1"));
    }

    private async Task AssertRefusedAsync(string code, StudyRequest request)
    {
        var answer = await _served.SubmitAsync(request);
        Assert.Equal(code, await ServedStudies.CodeAsync(answer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain(Canary, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Destination Destination(StudyRequest request) => new(new StudyDossier(
        request.Image, request.Bvalues!, request.Bvectors, request.Mask, request.Output, request.Name));

    private static async Task<StudyReceipt> ReceiptAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<StudyReceipt>())!;

    private int EventsOf(string owner, string manifest)
    {
        using var journal = new SqliteConnection($"Data Source={_served.Journal};Mode=ReadOnly");
        journal.Open();
        using var count = journal.CreateCommand();
        count.CommandText = "select count(*) from journal where persistence_id = $owner and manifest = $manifest";
        count.Parameters.AddWithValue("$owner", owner);
        count.Parameters.AddWithValue("$manifest", manifest);
        return Convert.ToInt32(count.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task AssertNowhereAsync(string canary)
    {
        Assert.DoesNotContain(_served.Log.Lines, line => line.Contains(canary, StringComparison.Ordinal));
        var sought = System.Text.Encoding.UTF8.GetBytes(canary);
        foreach (var file in Directory.EnumerateFiles(_served.Folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(Path.GetDirectoryName(file)) == "dossiers") continue;
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(sought) < 0, Path.GetFileName(file));
        }
    }
}
