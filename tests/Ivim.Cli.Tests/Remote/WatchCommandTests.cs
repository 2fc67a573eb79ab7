using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Tests.Remote;

public sealed class WatchCommandTests : IDisposable
{
    private const string View = "GET /api/v1/studies/st-1";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();
    private readonly string _token;

    public WatchCommandTests()
    {
        _token = _folder["token"];
        File.WriteAllText(_token, ScriptedServer.Token + "\n");
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_ends_with_the_study_and_reads_its_maps_back()
    {
        var published = PublishedStudy.Write(_folder["maps"]);
        _server.On(View, ScriptedServer.View(StudyPhases.Running), published);
        var run = await WatchAsync("--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("train    2/4 (1 reused)", run.Error, StringComparison.Ordinal);
        var report = JsonDocument.Parse(run.LastLine).RootElement;
        Assert.Equal("st-1", report.GetProperty("study").GetString());
        Assert.Equal("abc", report.GetProperty("protocol").GetString());
        Assert.Equal(3, report.GetProperty("items").GetProperty("computed").GetProperty("train").GetInt32());
        Assert.Equal(1, report.GetProperty("items").GetProperty("reused").GetProperty("train").GetInt32());
        Assert.Equal(published.Maps["D"].Path,
            report.GetProperty("maps").GetProperty("D").GetProperty("path").GetString());
        Assert.Equal(0, report.GetProperty("errors").GetArrayLength());
        Assert.All(_server.Requests, request => Assert.Equal("Bearer " + ScriptedServer.Token, request.Authorization));
    }

    [Fact]
    public async Task A_map_with_other_voxels_than_the_published_ones_is_no_success()
    {
        var published = PublishedStudy.Write(_folder["maps"]);
        _server.On(View, published with
        {
            Maps = new Dictionary<string, MapView> { ["D"] = new(published.Maps["D"].Path, new string('0', 64)) },
        });
        var run = await WatchAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error OUTPUT-DAMAGED: found 1 of 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maps_on_disks_of_another_machine_are_said_to_be_out_of_reach()
    {
        _server.On(View, ScriptedServer.View(StudyPhases.Published) with
        {
            Maps = new Dictionary<string, MapView> { ["D"] = new(_folder["elsewhere/D.nii.gz"], "00") },
        });
        var run = await WatchAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning MAPS-OUT-OF-REACH", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_maps_of_a_cluster_on_this_machine_are_no_success()
    {
        await File.WriteAllTextAsync(_folder["cluster.json"], $$"""{"url":"{{_server.Url}}","processes":[]}""");
        _server.On(View, ScriptedServer.View(StudyPhases.Published) with
        {
            Maps = new Dictionary<string, MapView> { ["D"] = new(_folder["gone/D.nii.gz"], "00") },
        });
        var run = await ProgramRun.OfAsync("watch", "st-1", "--work", _folder.Path, "--quiet");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error OUTPUT-DAMAGED", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StudyPhases.Failed, "ITEM-CRASHES-WORKERS")]
    [InlineData(StudyPhases.Cancelled, "STUDY-CANCELLED")]
    public async Task A_study_that_ends_without_maps_makes_the_program_fail_with_its_code(string phase, string code)
    {
        _server.On(View, ScriptedServer.View(phase) with
        {
            Failure = phase == StudyPhases.Failed ? new CodedLine(code, $"{code}: found x; expected y; do z.") : null,
            Stages = [new StageView("train", Total: 6, Done: 3, Reused: 1, Fraction: 0.5)],
        });
        var run = await WatchAsync("--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"error {code}: found", run.Error, StringComparison.Ordinal);
        var report = JsonDocument.Parse(run.LastLine).RootElement;
        Assert.Equal(code, report.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(2, report.GetProperty("items").GetProperty("computed").GetProperty("train").GetInt32());
    }

    [Fact]
    public async Task It_goes_on_quietly_while_the_server_restarts_and_while_its_journal_is_away()
    {
        var published = PublishedStudy.Write(_folder["maps"]);
        _server.On(View, ScriptedServer.View(StudyPhases.Running), ScriptedServer.Problem(503, "JOURNAL-AWAY"),
            ScriptedServer.View(StudyPhases.Running), published);
        var stopped = new TaskCompletionSource();
        _server.AfterAnswer = count =>
        {
            if (count != 3) return;
            _server.Stop();
            stopped.SetResult();
        };
        var watching = WatchAsync("--quiet");
        await stopped.Task;
        _server.StartAgain();
        var run = await watching;
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task In_a_local_cluster_it_goes_on_with_another_seed_when_the_one_that_cluster_json_names_has_died()
    {
        using var next = new ScriptedServer();
        await File.WriteAllTextAsync(_folder["cluster.json"], $$"""
            {"url":"{{_server.Url}}","nodes":[{"role":"seed","apiPort":{{new Uri(_server.Url).Port}}},
            {"role":"seed","apiPort":{{new Uri(next.Url).Port}}},{"role":"worker","apiPort":null}]}
            """);
        _server.On(View, ScriptedServer.View(StudyPhases.Running));
        _server.AfterAnswer = _ => _server.Stop();
        next.On(View, ScriptedServer.View(StudyPhases.Running), PublishedStudy.Write(_folder["maps"]));
        var run = await ProgramRun.OfAsync("watch", "st-1", "--work", _folder.Path, "--quiet");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(2, next.Requests.Count);
    }

    [Fact]
    public async Task It_says_what_the_study_waits_for_and_when_it_goes_on()
    {
        var waiting = ScriptedServer.View(StudyPhases.Running) with
        {
            Failure = new CodedLine("NO-WORKER-FITS", "NO-WORKER-FITS: found x; expected y; do z."),
        };
        _server.On(View, waiting, waiting, ScriptedServer.View(StudyPhases.Running),
            PublishedStudy.Write(_folder["maps"]));
        var run = await WatchAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, run.Error.Split("held up by NO-WORKER-FITS: found x").Length - 1);
        Assert.Contains("the study goes on", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_maps_in_doubt_are_no_success()
    {
        _server.On(View, PublishedStudy.Write(_folder["maps"]) with
        {
            Alarms = [new CodedLine("HASH-MISMATCH", "HASH-MISMATCH: found x; expected y; do z.")],
        });
        var run = await WatchAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error HASH-MISMATCH: found x", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answered_is_not_waited_for()
    {
        _server.Stop();
        var run = await WatchAsync("--json");
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("error SERVER-UNREACHABLE: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"SERVER-UNREACHABLE\"", run.LastLine, StringComparison.Ordinal);
    }

    private Task<ProgramRun> WatchAsync(params string[] others) =>
        ProgramRun.OfAsync(["watch", "st-1", "--server", _server.Url, "--token-file", _token, .. others]);
}
