using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Tests.Remote;

public sealed class StatusCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();

    public StatusCommandTests()
    {
        File.WriteAllText(_folder["token"], ScriptedServer.Token);
        File.WriteAllText(_folder["cluster.json"], $$"""{"url":"{{_server.Url}}","processes":[]}""");
        _server.On("GET /api/v1/studies", new StudyList([ScriptedServer.View(StudyPhases.Running)]));
        _server.On("GET /api/v1/studies/st-1", ScriptedServer.View(StudyPhases.Running));
        _server.On("GET /api/v1/cluster", new ClusterView(new QueueView(3, 1, 2),
            [new WorkerView("host-7-0", "host-7", "cpu", "class-a", "st-1/train/member-00", 0.259)],
            [new NodeView("akka.tcp://ivim@127.0.0.1:4053", "seed", "up", true)]));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Without_a_study_it_shows_all_studies_the_workers_the_nodes_and_the_queue()
    {
        var run = await StatusAsync();
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""
            study  phase    items  done
            st-1   running    3/5  70 %

            worker    device  class    item                  done
            host-7-0  cpu     class-a  st-1/train/member-00  25 %

            node                            role  status  reachable
            akka.tcp://ivim@127.0.0.1:4053  seed  up      yes

            queue: 3 ready, 1 at work, 2 workers wait

            """, run.Output);
    }

    [Fact]
    public async Task A_study_is_shown_stage_by_stage()
    {
        var run = await StatusAsync("st-1");
        Assert.Equal("""
            study st-1 (running)
            stage    items  reused   done
            prepare    1/1       0  100 %
            train      2/4       1   62 %

            """, run.Output);
    }

    [Fact]
    public async Task The_items_of_a_study_are_listed_page_after_page()
    {
        ItemView Item(string name, string state) => new(name, "train", null, 0, state, 2, [], 1, null,
            [new ItemArtifactView("weights", new string('a', 64))]);
        var running = Item("train/member-01", "running") with
        {
            Workers = ["host-7-0"], Fraction = 0.259, Code = "STAGE-FAILED", Artifacts = [],
        };
        ItemPage[] pages = [new([Item("train/member-00", "done")], 2, 1), new([running], 2, null)];
        _server.On("GET /api/v1/studies/st-1/items", [.. pages, .. pages]);
        var run = await StatusAsync("st-1", "--items");
        Assert.EndsWith("""

            item             state    worker    code          artifact       done  attempts
            train/member-00  done     -         -             aaaaaaaaaaaa  100 %         2
            train/member-01  running  host-7-0  STAGE-FAILED  -              25 %         2

            """, run.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await StatusAsync("st-1", "--items", "--json")).LastLine).RootElement;
        Assert.Equal("st-1", json.GetProperty("study").GetProperty("study").GetString());
        Assert.Equal("host-7-0", json.GetProperty("items")[1].GetProperty("workers")[0].GetString());
    }

    [Fact]
    public async Task Items_are_those_of_one_study() => Assert.Equal(2, (await StatusAsync("--items")).ExitCode);

    [Fact]
    public async Task A_study_that_does_not_answer_is_marked_beside_the_others()
    {
        _server.On("GET /api/v1/studies", new StudyList([ScriptedServer.View(StudyPhases.Running),
            ScriptedServer.View(StudyPhases.Silent) with
            {
                Stages = [], Failure = new CodedLine("CLUSTER-SILENT", "CLUSTER-SILENT: found x; expected y; do z."),
            }]));
        await StatusAsync(); // the answer of before
        var run = await StatusAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("st-1   running", run.Output, StringComparison.Ordinal);
        Assert.Contains("st-1   does not answer: CLUSTER-SILENT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_results_of_one_key_are_an_alarm_and_no_success()
    {
        var line = new CodedLine("HASH-MISMATCH", "HASH-MISMATCH: found x; expected y; do z.");
        var alarmed = ScriptedServer.View(StudyPhases.Published) with { Alarms = [line] };
        _server.On("GET /api/v1/studies/st-2", alarmed).On("GET /api/v1/studies", new StudyList([alarmed]));
        var one = await StatusAsync("st-2");
        Assert.Equal(1, one.ExitCode);
        Assert.Contains("alarm HASH-MISMATCH: found x", one.Output, StringComparison.Ordinal);
        await StatusAsync(); // the answer of before
        var all = await StatusAsync();
        Assert.Equal(1, all.ExitCode);
        Assert.Contains("published, alarm: HASH-MISMATCH", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_what_the_server_says()
    {
        var all = JsonDocument.Parse((await StatusAsync("--json")).LastLine).RootElement;
        Assert.Equal("st-1", all.GetProperty("studies")[0].GetProperty("study").GetString());
        Assert.Equal(3, all.GetProperty("queue").GetProperty("ready").GetInt32());
        Assert.Equal("host-7", all.GetProperty("workers")[0].GetProperty("node").GetString());
        Assert.True(all.GetProperty("nodes")[0].GetProperty("reachable").GetBoolean());
        var one = JsonDocument.Parse((await StatusAsync("st-1", "--json")).LastLine).RootElement;
        Assert.Equal(0.625, one.GetProperty("stages")[1].GetProperty("fraction").GetDouble());
    }

    [Theory]
    [InlineData("cancel", StudyPhases.Cancelled)]
    [InlineData("retry", StudyPhases.Running)]
    public async Task An_order_tells_how_the_study_then_stands(string order, string phase)
    {
        _server.On($"POST /api/v1/studies/st-1/{order}", ScriptedServer.View(phase));
        var run = await ProgramRun.OfAsync(order, "st-1", "--work", _folder.Path);
        Assert.Equal((0, $"study st-1 ({phase})\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task What_cannot_be_tried_again_ends_with_the_servers_words()
    {
        _server.On("POST /api/v1/studies/st-1/retry", ScriptedServer.Problem(409, "STUDY-PUBLISHED"));
        var run = await ProgramRun.OfAsync("retry", "st-1", "--work", _folder.Path);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("error STUDY-PUBLISHED: ", run.Error, StringComparison.Ordinal);
    }

    private Task<ProgramRun> StatusAsync(params string[] others) =>
        ProgramRun.OfAsync(["status", .. others, "--work", _folder.Path]);
}
