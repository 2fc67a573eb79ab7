using System.Text.Json;
using Ivim.Cli.Tests.Remote;
using Ivim.Hosting.Api;
using Ivim.Imaging.Tests.Dicom.Series;

namespace Ivim.Cli.Tests.Mapping;

public sealed class DicomSubmissionTests : IDisposable
{
    private const string Submit = "POST /api/v1/studies";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();

    public DicomSubmissionTests()
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
    public async Task The_server_gets_the_objects_themselves_and_nothing_is_written_here()
    {
        WrittenSeries.Small(0, 50, 200, 800).WriteEnhanced(_folder["in"]);
        _server.On(Submit, new StudyReceipt
        {
            Study = "st-1", Protocol = "abc", Phase = StudyPhases.Running, Stages = [], Republished = false,
        });
        var run = await SubmitAsync("--series", "1", "--b-max", "900");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var request = JsonSerializer.Deserialize<StudyRequest>(
            Assert.Single(_server.Requests).Body, JsonSerializerOptions.Web)!;
        Assert.Equal((_folder["in"], "1", null, "sub-01_dwi"),
            (request.Image, request.Series, request.Bvalues, request.Name));
        Assert.False(Directory.Exists(_folder["inputs"]));
    }

    [Fact]
    public async Task What_the_headers_rule_out_is_refused_before_the_server_is_asked()
    {
        WrittenSeries.Small(0, 50, 200, 800).WriteClassic(_folder["in"]);
        var run = await SubmitAsync();
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error DICOM-B-MISSING", run.Error, StringComparison.Ordinal);
        File.WriteAllText(_folder["b"], "0 10 20");
        run = await SubmitAsync("--bval", _folder["b"]);
        Assert.StartsWith("error BVAL-COUNT", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    private Task<ProgramRun> SubmitAsync(params string[] others) => ProgramRun.OfAsync(
        ["submit", _folder["in"], "--out", _folder["maps"], "--work", _folder.Path, "--method", "nlls", .. others]);
}
