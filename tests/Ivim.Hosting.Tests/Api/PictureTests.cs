using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Ivim.Hosting.Api;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Hosting.Tests.Api;

/// <summary>What people look at beside the published maps, and what happened to a study.</summary>
public sealed class PictureTests : IAsyncLifetime, IDisposable
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
    public async Task A_preview_of_merged_slabs_has_the_voxels_of_the_published_maps()
    {
        var (study, view) = await PublishedAsync();
        var preview = await GetAsync<PreviewView>($"{study}/preview");
        Assert.Equal(1, preview.Members);
        Assert.Equal([(0, true, 1), (1, true, 1), (2, true, 1)],
            preview.Slabs.Select(slab => (slab.Slab, slab.Merged, slab.Parts)));
        foreach (var parameter in (string[])["D", "f", "Dstar", "S0", "rmse"])
        {
            var image = await BytesAsync($"{study}/preview/{parameter}", "application/gzip");
            Assert.Equal(view.Maps[parameter].Sha256, VoxelHash.Of(Read(image).Voxels));
        }
        using var other = await AskAsync($"{study}/preview/mask");
        Assert.Equal("ARTIFACT-UNKNOWN", await ServedStudies.CodeAsync(other));
    }

    [Fact]
    public async Task The_report_is_the_file_of_the_output_folder_or_is_away()
    {
        var (study, view) = await PublishedAsync();
        var file = Path.Combine(_folder["scan"], "maps", "sub-07.html");
        Assert.Equal(File.ReadAllBytes(file), await BytesAsync($"{study}/report", "text/html"));
        File.Delete(file);
        using var away = await AskAsync($"{study}/report");
        Assert.Equal(("REPORT-AWAY", HttpStatusCode.NotFound), (await ServedStudies.CodeAsync(away), away.StatusCode));
    }

    [Fact]
    public async Task The_scan_is_for_operators_and_only_while_it_is_the_one_that_was_submitted()
    {
        var request = SmallStudy.Write(_folder["scan"]);
        var (study, _) = await PublishedAsync(request);
        using (var viewer = await AskAsync($"{study}/scan", ServedStudies.ViewerToken))
            Assert.Equal("ROLE-TOO-LOW", await ServedStudies.CodeAsync(viewer));
        using (var allowed = await AskAsync($"{study}/scan", ServedStudies.OperatorToken))
        {
            var ground = Read(await allowed.Content.ReadAsByteArrayAsync());
            var series = NiftiFile.Read(request.Image);
            // The first volume is the only one at b = 0.
            Assert.Equal(series.Voxels.Take(ground.Voxels.Length), ground.Voxels);
            Assert.Equal(1, ground.Header.Shape.Volumes);
        }
        SmallStudy.Write(_folder["scan"], s0: 1234);
        using var other = await AskAsync($"{study}/scan", ServedStudies.OperatorToken);
        Assert.Equal(("SCAN-AWAY", HttpStatusCode.NotFound), (await ServedStudies.CodeAsync(other), other.StatusCode));
    }

    [Fact]
    public async Task Facts_tell_each_item_once_in_order_and_how_long_it_took()
    {
        var before = TimeProvider.System.GetUtcNow();
        var (study, view) = await PublishedAsync();
        var facts = await GetAsync<FactPage>($"{study}/facts");
        Assert.Equal((FactNames.Submitted, null), (facts.Facts[0].Fact, facts.Facts[0].Item));
        Assert.Equal(FactNames.Published, facts.Facts[^1].Fact);
        var done = facts.Facts.Where(fact => fact.Fact == FactNames.Done).ToList();
        Assert.Equal(view.Stages.Sum(stage => stage.Total), done.Select(fact => fact.Item).Distinct().Count());
        Assert.Equal(done.Count, done.Select(fact => fact.Item).Distinct().Count());
        Assert.All(done, fact => Assert.NotNull(fact.Seconds));
        Assert.Equal(facts.Facts.OrderBy(fact => fact.At).Select(fact => fact.At), facts.Facts.Select(fact => fact.At));
        var after = TimeProvider.System.GetUtcNow();
        Assert.All(facts.Facts, fact => Assert.InRange(fact.At, before.AddMinutes(-1), after.AddMinutes(1)));

        var one = await GetAsync<FactPage>($"{study}/facts?item=merge/slab-001");
        Assert.Equal("merge/slab-001", Assert.Single(one.Facts).Item);
        var first = await GetAsync<FactPage>($"{study}/facts?most=3");
        var second = await GetAsync<FactPage>($"{study}/facts?from={first.Next}");
        Assert.Equal(facts.Facts, first.Facts.Concat(second.Facts));
        Assert.Equal((facts.Facts.Count, null), (second.Total, second.Next));
    }

    [Fact]
    public async Task A_failure_is_among_the_facts_with_its_code_and_no_text_of_the_files()
    {
        var request = SmallStudy.Write(_folder[SmallCohort.Canary]);
        File.WriteAllText(request.Image, SmallCohort.Canary);
        var receipt = await (await _served.SubmitAsync(request)).Content.ReadFromJsonAsync<StudyReceipt>();
        await _served.AwaitAsync(receipt!.Study, view => view.Phase == StudyPhases.Failed);
        var facts = await GetAsync<FactPage>($"{receipt.Study}/facts");
        var failed = Assert.Single(facts.Facts, fact => fact.Fact == FactNames.Failed);
        Assert.Equal(("prepare", "NIFTI-NOT-NIFTI"), (failed.Item, failed.Code));
        Assert.DoesNotContain(SmallCohort.Canary, failed.Message, StringComparison.Ordinal);
        using var none = await AskAsync($"{receipt.Study}/preview/D");
        Assert.Equal("ARTIFACT-UNKNOWN", await ServedStudies.CodeAsync(none));
    }

    [Fact]
    public async Task Studies_are_listed_a_page_at_a_time_and_a_caller_learns_its_role()
    {
        for (int number = 0; number < 3; number++)
            await PublishedAsync(SmallStudy.Write(_folder[$"s{number}"], 1000 + number));
        var all = await GetAsync<StudyList>("");
        var first = await GetAsync<StudyList>("?most=2");
        var second = await GetAsync<StudyList>($"?from={first.Next}&most=2");
        Assert.Equal((3, null), (all.Total, all.Next));
        Assert.Equal((2, 2, 1), (first.Next, first.Studies.Count, second.Studies.Count));
        Assert.Equal(all.Studies.Select(one => one.Study),
            first.Studies.Concat(second.Studies).Select(one => one.Study));
        Assert.Null(second.Next);
        using var viewer = await AskAsync("../caller", ServedStudies.ViewerToken);
        Assert.Equal("viewer", (await viewer.Content.ReadFromJsonAsync<CallerView>())!.Role);
    }

    private async Task<(string Study, StudyView View)> PublishedAsync(StudyRequest? request = null)
    {
        var answer = await _served.SubmitAsync(request ?? SmallStudy.Write(_folder["scan"]));
        var study = (await answer.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        return (study, await _served.AwaitAsync(study, view => view.Phase == StudyPhases.Published));
    }

    private async Task<byte[]> BytesAsync(string path, string type)
    {
        using var answer = await AskAsync(path);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<T> GetAsync<T>(string path) =>
        (await _served.Client.GetFromJsonAsync<T>($"/api/v1/studies/{path}".Replace("/?", "?", StringComparison.Ordinal)
            .TrimEnd('/')))!;

    private async Task<HttpResponseMessage> AskAsync(string path, string token = ServedStudies.Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_served.Address, $"/api/v1/studies/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _served.Client.SendAsync(request);
    }

    private NiftiImage Read(byte[] image)
    {
        File.WriteAllBytes(_folder["read.nii.gz"], image);
        return NiftiFile.Read(_folder["read.nii.gz"]);
    }
}
