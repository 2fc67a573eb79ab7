using Ivim.Cli.Tests.Remote;
using Ivim.Domain.Planning;
using Ivim.Hosting.Api;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Tests.Planning;

/// <summary>`ivim plan` and `ivim why` of a server.</summary>
public sealed class RemotePlanTests : IDisposable
{
    private const string Study = "st-0123456789abcdef0123", Why = $"GET /api/v1/studies/{Study}/why";

    private const string Unknown = "not known yet: what these items read has yet to be made; "
        + "an item whose input comes out as in an earlier run is reused";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();

    public RemotePlanTests() => File.WriteAllText(_folder["token"], ScriptedServer.Token);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_plan_of_a_cohort_is_shown_with_its_reasons_and_what_is_left_out_shows_in_the_exit_code()
    {
        _server.On("POST /api/v1/cohorts/trial/plan", Plan());
        var run = await RunAsync("plan", "--cohort", "trial", "--protocol", "default", "--workers", "4");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal($"""
            2 entries planned, 1 not read yet and not counted below
            BVALUES-TOO-FEW: 1 entries that cannot be mapped so
            what differs from the last runs:
            field             last run  this run  entries
            ensemble.members  4         6               2
            stage        items  reused  computed  not known yet  s each
            train/study     12       8         4              0     1.5
            merge            4       0      <= 4              4       -
            cohort trial: at most 8 items to compute, 8 reused, time not known: no such item was timed here
            {Unknown}

            """, run.Output);
    }

    [Fact]
    public async Task Why_of_a_server_names_who_waits_for_whom_and_says_what_the_server_refuses()
    {
        _server.On(Why, new StudyReasons
        {
            Study = Study, Phase = StudyPhases.Running, LastStudy = "st-1",
            Changes = [new ChangedField("seed", "1", "7")],
            Stages = [new StageReasons("merge", 2, 0, 0, 1, 1, 0,
                [new WaitingItem("merge/slab-001", ["train/slab-001/member-00"])])],
        }, ScriptedServer.Problem(404, "ITEM-UNKNOWN"));
        var run = await RunAsync("why", Study);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"""
            study {Study}: running
            what differs from the run before, st-1:
            field  last run  this run
            seed   1         7
            stage  items  done  reused  ready  waiting  stopped
            merge      2     0       0      1        1        0
            merge/slab-001 waits for train/slab-001/member-00

            """, run.Output);
        Assert.Equal(3, (await RunAsync("why", Study, "nonsense")).ExitCode);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("plan", Study)]
    [InlineData("plan", "--cohort", "trial")]
    [InlineData("plan", Study, "--cohort", "trial", "--protocol", "default")]
    [InlineData("plan", Study, "--protocol", "default", "--rehearse")]
    [InlineData("plan", Study, "--protocol", "default", "--device", "cpu")]
    [InlineData("plan", "scan.nii.gz")]
    public async Task What_does_not_go_together_is_refused_before_the_server_is_asked(params string[] arguments)
    {
        Assert.Equal(2, (await RunAsync(arguments)).ExitCode);
        Assert.Empty(_server.Requests);
    }

    private static CohortPlanReport Plan() => new()
    {
        Name = "trial", Protocol = "abc", Planned = 2, Unprepared = 0, Unread = 1, Cancelled = 0,
        Codes = [new CodeView("BVALUES-TOO-FEW", 1)],
        Items = new PlannedCounts(new Dictionary<string, int>(), new Dictionary<string, int>(),
            new Dictionary<string, int>()),
        Stages =
        [
            new PlannedStage("train/study", 12, 8, 4, 0, 1.5, 8, true),
            new PlannedStage("merge", 4, 0, 4, 4, null, 0, false),
        ],
        Exact = false, Workers = 4, Seconds = null,
        Changes = [new CohortChange("ensemble.members", "4", "6", 2)],
    };

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OfAsync(
        [.. arguments, "--server", _server.Url, "--token-file", _folder["token"]]);
}
