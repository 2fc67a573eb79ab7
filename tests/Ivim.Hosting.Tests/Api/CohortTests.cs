using System.Net;
using System.Net.Http.Json;
using System.Text;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;

namespace Ivim.Hosting.Tests.Api;

public sealed class CohortTests : IAsyncLifetime, IDisposable
{
    private const string Cohorts = "/api/v1/cohorts";

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
    public async Task Every_good_study_of_three_centres_is_published_and_the_broken_one_says_why()
    {
        var request = SmallCohort.Write(_folder[SmallCohort.Canary], "trial");
        SmallCohort.Break(request, 4);
        var answer = await SubmitAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var view = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        Assert.Equal((5, 1), (view.Centres.Sum(centre => centre.Published), view.Centres.Sum(centre => centre.Failed)));
        Assert.Equal(["Centre0", "Centre1", "Centre2"], view.Centres.Select(centre => centre.Centre));
        Assert.StartsWith("NIFTI-", Assert.Single(view.Codes).Code, StringComparison.Ordinal);

        var failed = Assert.Single((await EntriesAsync("trial", "?phase=failed")).Entries);
        Assert.Equal(("Centre1", view.Codes[0].Code), (failed.Centre, failed.Code));
        Assert.Equal(2, (await EntriesAsync("trial", "?centre=Centre0")).Entries.Count);
        var published = (await EntriesAsync("trial", "?phase=published&most=3"));
        Assert.Equal(3, published.Entries.Count);
        Assert.Equal(2, (await EntriesAsync("trial", $"?phase=published&from={published.Next}")).Entries.Count);

        var dataset = Path.Combine(request.Output, "ivim-" + view.Protocol[..12]);
        Assert.All(published.Entries, entry => Assert.True(
            Directory.Exists(Path.Combine(dataset, "sub-" + entry.Entry.Split('-')[0])), entry.Entry));

        var seeds = Directory.EnumerateFiles(dataset, "*desc-provenance_dwi.json", SearchOption.AllDirectories)
            .Select(file => System.Text.Json.JsonDocument.Parse(File.ReadAllText(file)).RootElement
                .GetProperty("protocol").GetProperty("seed").GetUInt64());
        Assert.Equal("1 1 1 7 7", string.Join(" ", seeds.Order()));

        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(request)).StatusCode);
        Assert.Equal(view.Centres, (await ViewAsync("trial")).Centres);
        await AssertNowhereAsync(SmallCohort.Canary, dataset);
    }

    [Fact]
    public async Task A_mended_study_is_published_when_it_is_retried_and_others_are_not_computed_again()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        var (image, bytes) = (Path.Combine(request.Root, request.Entries[0].Image), Array.Empty<byte>());
        bytes = await File.ReadAllBytesAsync(image);
        File.Delete(image);
        await SubmitAsync(request);
        var view = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        Assert.Equal(new CodeView("FILE-MISSING", 1), Assert.Single(view.Codes));
        await File.WriteAllBytesAsync(image, bytes);
        await OrderAsync("trial/retry");
        view = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        Assert.Equal((6, 0), (view.Centres.Sum(centre => centre.Published), view.Codes.Count));
    }

    [Fact]
    public async Task Under_another_protocol_all_is_mapped_again_beside_the_old_maps()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        await SubmitAsync(request with { Entries = [.. request.Entries.Take(2)] });
        var first = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        var other = SmallCohort.Json(SmallStudy.Protocol with { Method = Methods.Segmented });
        var changed = await _served.Client.PutAsJsonAsync($"{Cohorts}/trial/protocol", other);
        Assert.Equal(2, (await changed.Content.ReadFromJsonAsync<CohortView>())!.ProtocolVersion);
        var second = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        Assert.Equal(2, second.Centres.Sum(centre => centre.Published));
        foreach (var protocol in new[] { first.Protocol, second.Protocol })
            Assert.Equal(2, Directory.GetDirectories(
                Path.Combine(request.Output, "ivim-" + protocol[..12]), "sub-*").Length);
        var refused = await SubmitAsync(request);
        Assert.Equal((HttpStatusCode.Conflict, "COHORT-DIFFERS"),
            (refused.StatusCode, await ServedStudies.CodeAsync(refused)));
        var added = await SubmitAsync(request with { Protocol = other });
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Equal(6, (await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended))
            .Centres.Sum(centre => centre.Published));
    }

    [Fact]
    public async Task A_cohort_can_be_paused_cancelled_and_brought_back()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        await SubmitAsync(request with { Entries = [] });
        Assert.Equal(CohortPhases.Ended, (await OrderAsync("trial/pause")).Phase);
        await SubmitAsync(request);
        var paused = await ViewAsync("trial");
        Assert.Equal((CohortPhases.Paused, 6), (paused.Phase, paused.Centres.Sum(centre => centre.Waiting)));
        var one = (await EntriesAsync("trial", "?most=1")).Entries[0].Entry;
        Assert.Equal(1, (await OrderAsync($"trial/cancel?entry={one}")).Centres.Sum(centre => centre.Cancelled));
        Assert.Equal(6, (await OrderAsync("trial/cancel")).Centres.Sum(centre => centre.Cancelled));
        await OrderAsync("trial/resume");
        Assert.Equal(0, (await OrderAsync("trial/retry")).Centres.Sum(centre => centre.Waiting));
        await OrderAsync("trial/retry?cancelled=true");
        var ended = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        Assert.Equal(6, ended.Centres.Sum(centre => centre.Published));
        var list = await _served.Client.GetFromJsonAsync<CohortList>(Cohorts);
        Assert.Equal("trial", Assert.Single(list!.Cohorts).Name);
    }

    [Fact]
    public async Task So_many_entries_run_at_a_time_as_somebody_has_said()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial") with { Limit = 1 };
        await SubmitAsync(request);
        Assert.Equal(1, (await ViewAsync("trial")).Limit);
        var ended = await AwaitAsync("trial", view =>
        {
            Assert.InRange(view.Centres.Sum(centre => centre.Running), 0, 1);
            return view.Phase == CohortPhases.Ended;
        });
        Assert.Equal(6, ended.Centres.Sum(centre => centre.Published));
        Assert.Equal(7, (await OrderAsync("trial/limit?entries=7")).Limit);
        Assert.Equal(7, (await OrderAsync("trial/limit?entries=7")).Limit);
        Assert.NotEqual(7, (await OrderAsync("trial/limit?entries=0")).Limit);
        await AssertRefusedAsync("COHORT-LIMIT", request with { Limit = -1 });
        var without = await _served.Client.PostAsync($"{Cohorts}/trial/limit", null);
        Assert.Equal("REQUEST-MALFORMED", await ServedStudies.CodeAsync(without));
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_used_is_refused_before_anything_starts()
    {
        var good = SmallCohort.Write(_folder[SmallCohort.Canary], "trial");
        await AssertRefusedAsync("COHORT-NAME", good with { Name = "../trial" });
        await AssertRefusedAsync("PATH-RELATIVE", good with { Root = "scans" });
        await AssertRefusedAsync("PATH-OUTSIDE-ROOT", Changed(good, entry => entry with { Image = "../scan.nii" }));
        await AssertRefusedAsync("PATH-OUTSIDE-ROOT", Changed(good, entry => entry with { Mask = "/etc/passwd" }));
        await AssertRefusedAsync("MANIFEST-CENTRE", Changed(good, entry => entry with { Centre = "St. Anna" }));
        await AssertRefusedAsync("MANIFEST-LABEL", Changed(good, entry => entry with { Subject = " " }));
        await AssertRefusedAsync("MANIFEST-TWICE", good with { Entries = [good.Entries[0], .. good.Entries] });
        await AssertRefusedAsync("PROTOCOL-SCHEMA", good with
        {
            Protocol = System.Text.Json.JsonSerializer.SerializeToElement(new { }),
        });
        Assert.Empty((await _served.Client.GetFromJsonAsync<CohortList>(Cohorts))!.Cohorts);
        var unknown = await _served.Client.GetAsync($"{Cohorts}/trial");
        Assert.Equal((HttpStatusCode.NotFound, "COHORT-UNKNOWN"),
            (unknown.StatusCode, await ServedStudies.CodeAsync(unknown)));
    }

    [Fact]
    public async Task An_entry_whose_link_leads_out_of_the_root_is_refused()
    {
        var request = SmallCohort.Write(_folder["scans"], "trial");
        var outside = _folder["elsewhere"];
        Directory.Move(Path.GetDirectoryName(Path.Combine(request.Root, request.Entries[0].Image))!, outside);
        File.CreateSymbolicLink(Path.GetDirectoryName(Path.Combine(request.Root, request.Entries[0].Image))!, outside);
        await SubmitAsync(request with { Entries = [.. request.Entries.Take(2)] });
        var view = await AwaitAsync("trial", view => view.Phase == CohortPhases.Ended);
        Assert.Equal(new CodeView("PATH-OUTSIDE-ROOT", 1), Assert.Single(view.Codes));
        Assert.Equal(1, view.Centres.Sum(centre => centre.Published));
    }

    private static CohortRequest Changed(
        CohortRequest request, Func<CohortManifestEntry, CohortManifestEntry> change) =>
        request with { Entries = [.. request.Entries.Skip(1), change(request.Entries[0])] };

    private async Task AssertRefusedAsync(string code, CohortRequest request)
    {
        var answer = await SubmitAsync(request);
        Assert.Equal(code, await ServedStudies.CodeAsync(answer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain(SmallCohort.Canary, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SubmitAsync(CohortRequest request) =>
        _served.Client.PostAsJsonAsync(Cohorts, request);

    private async Task<CohortView> OrderAsync(string order)
    {
        var answer = await _served.Client.PostAsync($"{Cohorts}/{order}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<CohortView>())!;
    }

    private async Task<CohortView> ViewAsync(string name) =>
        (await _served.Client.GetFromJsonAsync<CohortView>($"{Cohorts}/{name}"))!;

    private async Task<EntryPage> EntriesAsync(string name, string query) =>
        (await _served.Client.GetFromJsonAsync<EntryPage>($"{Cohorts}/{name}/entries{query}"))!;

    private async Task<CohortView> AwaitAsync(string name, Predicate<CohortView> wanted)
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        while (true)
        {
            var view = await ViewAsync(name);
            if (wanted(view)) return view;
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Neither journal nor log, nor any name or text of an output; manifest and dossiers must know.</summary>
    private async Task AssertNowhereAsync(string canary, string outputs)
    {
        Assert.DoesNotContain(_served.Log.Lines, line => line.Contains(canary, StringComparison.Ordinal));
        var sought = Encoding.UTF8.GetBytes(canary);
        string[] knowing = ["dossiers", "cohorts"];
        var files = Directory.EnumerateFiles(_served.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !knowing.Contains(Path.GetRelativePath(_served.Folder, file).Split('/')[0]))
            .Concat(Directory.EnumerateFiles(outputs, "*", SearchOption.AllDirectories));
        foreach (var file in files)
        {
            Assert.DoesNotContain(canary, Path.GetFileName(file), StringComparison.Ordinal);
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(sought) < 0, Path.GetFileName(file));
        }
    }
}
