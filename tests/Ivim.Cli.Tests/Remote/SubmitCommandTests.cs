using System.Globalization;
using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Imaging.Nifti;

namespace Ivim.Cli.Tests.Remote;

public sealed class SubmitCommandTests : IDisposable
{
    private const string Submit = "POST /api/v1/studies";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();
    private readonly string _image;

    public SubmitCommandTests()
    {
        File.WriteAllText(_folder["token"], ScriptedServer.Token);
        File.WriteAllText(_folder["cluster.json"], $$"""{"url":"{{_server.Url}}","processes":[]}""");
        _image = _folder["scan.nii"];
        double[] b = [0, 10, 20, 40, 80, 150, 300, 500, 800];
        var shape = new ImageShape(2, 2, 2, b.Length);
        NiftiWriter.WriteFile(_image,
            NiftiGeometry.Create(shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0])), shape,
            new float[shape.Voxels]);
        File.WriteAllText(_folder["scan.bval"],
            string.Join(' ', b.Select(value => value.ToString(CultureInfo.InvariantCulture))));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_server_gets_whole_paths_and_the_whole_protocol_and_the_caller_a_name()
    {
        _server.On(Submit, Receipt);
        var run = await SubmitAsync(
            "--method", "nlls", "--slab-slices", "2", "--subject", "07", "--numeric-class", "c");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"study st-1 (running)\nwatch it with: ivim watch st-1 --work {_folder.Path}\n", run.Output);
        var (call, authorization, body) = Assert.Single(_server.Requests);
        Assert.Equal((Submit, "Bearer " + ScriptedServer.Token), (call, authorization));
        var request = JsonSerializer.Deserialize<StudyRequest>(body, JsonSerializerOptions.Web)!;
        Assert.Equal((_image, _folder["scan.bval"], _folder["maps"], "sub-07_dwi", "c"),
            (request.Image, request.Bvalues, request.Output, request.Name, request.NumericClass));
        Assert.Equal(new Protocol { Method = "nlls", Slabs = new SlabRules { Slices = 2 } },
            ProtocolJson.Read(request.Protocol.GetRawText()));
        Assert.False(Directory.Exists(_folder["maps"]));
    }

    [Fact]
    public async Task Without_waiting_the_object_for_scripts_names_the_study()
    {
        _server.On(Submit, Receipt);
        var report = JsonDocument.Parse((await SubmitAsync("--json")).LastLine).RootElement;
        Assert.Equal(("st-1", "abc"),
            (report.GetProperty("study").GetString(), report.GetProperty("protocol").GetString()));
    }

    [Fact]
    public async Task Waiting_ends_with_the_study_and_counts_what_was_there_before_as_reused()
    {
        _server.On(Submit, Receipt with { Stages = [new StageView("train", 4, 2, 0, 0.5)] });
        _server.On("GET /api/v1/studies/st-1", PublishedStudy.Write(_folder["maps"]));
        var run = await SubmitAsync("--wait", "--json");
        Assert.Equal(0, run.ExitCode);
        var items = JsonDocument.Parse(run.LastLine).RootElement.GetProperty("items");
        Assert.Equal(1, items.GetProperty("computed").GetProperty("train").GetInt32());
        Assert.Equal(3, items.GetProperty("reused").GetProperty("train").GetInt32());
    }

    [Theory]
    [InlineData(422, "NO-WORKERS", 3)]
    [InlineData(401, "TOKEN-REFUSED", 4)]
    [InlineData(503, "JOURNAL-AWAY", 4)]
    [InlineData(500, "INTERNAL", 1)]
    public async Task What_the_server_refuses_is_shown_as_it_says_it(int status, string code, int exitCode)
    {
        _server.On(Submit, ScriptedServer.Problem(status, code));
        var run = await SubmitAsync("--wait");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal($"error {code}: found this; expected that; do something.\n", run.Error);
    }

    [Fact]
    public async Task What_can_be_refused_here_is_not_sent()
    {
        File.Delete(_folder["scan.bval"]);
        var run = await SubmitAsync();
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error BVAL-MISSING: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("SERVER-UNNAMED")]
    [InlineData("SERVER-UNNAMED", "--server", "http://127.0.0.1:1", "--work", ".")]
    [InlineData("SERVER-URL", "--server", "localhost", "--token-file", "x")]
    [InlineData("CLUSTER-UNKNOWN", "--work", "/nonexistent")]
    [InlineData("TOKEN-MISSING", "--server", "http://127.0.0.1:1", "--token-file", "/nonexistent")]
    public async Task A_server_has_to_be_named_with_its_token(string code, params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(["status", .. arguments]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
    }

    private static StudyReceipt Receipt => new()
    {
        Study = "st-1", Protocol = "abc", Phase = StudyPhases.Running, Stages = [], Republished = false,
    };

    private Task<ProgramRun> SubmitAsync(params string[] others) =>
        ProgramRun.OfAsync(["submit", _image, "--out", _folder["maps"], "--work", _folder.Path, .. others]);
}
