using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Tests.Remote;

public sealed class CohortCommandTests : IDisposable
{
    private const string Trial = "GET /api/v1/cohorts/trial";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();

    public CohortCommandTests()
    {
        File.WriteAllText(_folder["token"], ScriptedServer.Token);
        File.WriteAllText(_folder["cluster.json"], $$"""{"url":"{{_server.Url}}","processes":[]}""");
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_cohort_is_shown_centre_by_centre_and_a_failure_shows_in_the_exit_code()
    {
        _server.On(Trial, View(CohortPhases.Running, published: 5, failed: 1, waiting: 6));
        var run = await RunAsync("status", "trial");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal("""
            cohort trial (running), 5 of 12 published, 6 waiting, 1 failed, 120.0 an hour, about 3 min left
            protocol abc (version 2), 8 entries at a time
            centre  entries  waiting  running  stopping  published  failed  refused  cancelled
            North        12        6        0         0          5       1        0          0
            STAGE-FAILED: 1 entries
            abcdefghijkl of North is held up by NO-WORKER-FITS: found none.

            """, run.Output);
    }

    [Fact]
    public async Task A_cohort_is_watched_to_its_end_and_what_is_stuck_says_why()
    {
        _server.On(Trial, View(CohortPhases.Running, published: 5, failed: 0, waiting: 1),
            View(CohortPhases.Ended, published: 6, failed: 0, waiting: 0));
        var run = await RunAsync("watch", "trial");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("abcdefghijkl of North is held up by NO-WORKER-FITS: found none.", run.Error,
            StringComparison.Ordinal);
        Assert.Contains("North    5/6", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("cohort trial (ended), 6 of 6 published", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watched_cohort_with_a_failed_entry_does_not_end_with_zero()
    {
        _server.On(Trial, View(CohortPhases.Ended, published: 5, failed: 1, waiting: 0));
        var run = await RunAsync("watch", "trial", "--quiet", "--json");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal("ended", JsonDocument.Parse(run.Output).RootElement.GetProperty("phase").GetString());
    }

    [Fact]
    public async Task A_manifest_is_sent_with_whole_folders_and_a_whole_protocol()
    {
        _server.On("POST /api/v1/cohorts", View(CohortPhases.Running, published: 0, failed: 0, waiting: 1));
        Assert.Equal(0, (await ProgramRun.OfAsync(
            "simulate", "--out", _folder["scan"], "--size", "6", "6", "2")).ExitCode);
        File.WriteAllText(_folder["trial.csv"], "centre,subject,image\nNorth,017,scan/sub-01_dwi.nii.gz\n");
        var run = await RunAsync("submit", _folder["trial.csv"], "--out", _folder["maps"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var sent = JsonSerializer.Deserialize<CohortRequest>(
            Assert.Single(_server.Requests).Body, JsonSerializerOptions.Web)!;
        Assert.Equal(("trial", Path.TrimEndingDirectorySeparator(_folder.Path), _folder["maps"]),
            (sent.Name, Path.TrimEndingDirectorySeparator(sent.Root), sent.Output));
        Assert.Equal(("017", "scan/sub-01_dwi.bval", 0),
            (Assert.Single(sent.Entries).Subject, sent.Entries[0].Bvalues, sent.Entries[0].Priority));
        Assert.Equal("ivim-protocol/1", sent.Protocol.GetProperty("schema").GetString());
    }

    [Theory]
    [InlineData("{", "MANIFEST-JSON")]
    [InlineData("""{ "schema": "ivim-manifest/1", "studies": [], "files": 1 }""", "MANIFEST-JSON")]
    [InlineData("""
        { "schema": "ivim-manifest/1", "studies": [ { "centre": "A", "subject": "1", "image": "none.nii" } ] }
        """, "MANIFEST-REFUSED")]
    public async Task What_cannot_be_mapped_is_refused_before_the_server_is_asked(string text, string code)
    {
        File.WriteAllText(_folder["manifest.json"], text);
        var run = await RunAsync("submit", _folder["manifest.json"], "--out", _folder["maps"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("POST /api/v1/cohorts/trial/pause", "pause", "trial")]
    [InlineData("POST /api/v1/cohorts/trial/resume", "resume", "trial")]
    [InlineData("POST /api/v1/cohorts/trial/limit", "limit", "trial", "12")]
    [InlineData("POST /api/v1/cohorts/trial/cancel", "cancel", "trial", "--entry", "abcdefghijkl")]
    [InlineData("POST /api/v1/cohorts/trial/retry", "retry", "trial", "--cancelled")]
    [InlineData("PUT /api/v1/cohorts/trial/protocol", "protocol", "trial", "default")]
    public async Task An_order_reaches_the_server(string call, params string[] arguments)
    {
        _server.On(call, View(CohortPhases.Running, published: 0, failed: 1, waiting: 1));
        var run = await RunAsync(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(call, Assert.Single(_server.Requests).Call);
    }

    [Fact]
    public async Task A_cohort_that_nobody_submitted_ends_with_the_servers_words()
    {
        _server.On(Trial, ScriptedServer.Problem(404, "COHORT-UNKNOWN"));
        Assert.Equal(3, (await RunAsync("status", "trial")).ExitCode);
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        ProgramRun.OfAsync(["cohort", .. arguments, "--work", _folder.Path]);

    private static CohortView View(string phase, int published, int failed, int waiting) => new()
    {
        Name = "trial",
        Cohort = "0011223344556677",
        Phase = phase,
        Protocol = "abc",
        ProtocolVersion = 2,
        Limit = 8,
        Centres = [new CentreView("North", published + failed + waiting, waiting, 0, 0, published, failed, 0, 0)],
        Codes = failed == 0 ? [] : [new CodeView("STAGE-FAILED", failed)],
        HeldUp = phase == CohortPhases.Ended ? []
            : [new HeldUpView("abcdefghijkl", "North", "", "NO-WORKER-FITS", "NO-WORKER-FITS: found none.")],
        EntriesPerHour = 120,
        SecondsLeft = waiting * 30,
    };
}
