using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ivim.Domain.Protocols;

namespace Ivim.Cli.Tests.Protocols;

public sealed class ProtocolCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_show_writes_is_a_protocol_with_the_same_id()
    {
        var shown = await RunAsync("show", Write("""{ "schema": "ivim-protocol/1", "ensemble": { "members": 5 } }"""));
        using var document = JsonDocument.Parse(shown);
        Assert.Equal(5, document.RootElement.GetProperty("ensemble").GetProperty("members").GetInt32());
        var canonical = (await RunAsync("show", Write(shown), "--canonical")).TrimEnd('\n');
        // The id is the SHA-256 of the canonical line: docs/protocol.md.
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))),
            (await RunAsync("show", Write(shown), "--id")).Trim());
    }

    [Fact]
    public async Task The_protocol_of_published_maps_can_be_shown()
    {
        var id = await RunAsync("show", "default", "--id");
        var provenance = Write($$"""{ "schema": "ivim-provenance/1", "protocol": {{await RunAsync("show")}} }""");
        Assert.Equal(id, await RunAsync("show", provenance, "--id"));
    }

    [Fact]
    public async Task Each_built_in_protocol_has_a_name_and_can_be_used()
    {
        foreach (string name in BuiltInProtocols.Names)
            Assert.StartsWith("protocol ", await RunAsync("check", name), StringComparison.Ordinal);
        var difference = await RunAsync("diff", "default", "brain");
        Assert.Contains("bounds.DStar", difference, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("method", difference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "schema": "ivim-protocol/1", "members": 5 }""", "PROTOCOL-JSON")]
    [InlineData("""{ "schema": "ivim-protocol/1", "ensemble": { "members": 0 } }""", "PROTOCOL-VALUE")]
    [InlineData("{}", "PROTOCOL-SCHEMA")]
    [InlineData("no JSON", "PROTOCOL-JSON")]
    public async Task Check_refuses_what_a_run_would_refuse(string document, string code)
    {
        var run = await ProgramRun.OfAsync("protocol", "check", Write(document));
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error " + code, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_names_fields_values_and_what_runs_again()
    {
        var more = Write("""{ "schema": "ivim-protocol/1", "ensemble": { "members": 10 } }""");
        var text = await RunAsync("diff", "default", more);
        Assert.Contains("ensemble.members", text, StringComparison.Ordinal);
        Assert.Contains("only 2 more are trained", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await RunAsync("diff", "default", more, "--json"));
        Assert.Equal(2, json.RootElement.GetProperty("membersAdded").GetInt32());
        Assert.Equal("8", json.RootElement.GetProperty("fields")[0].GetProperty("first").GetString());
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(["protocol", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    private string Write(string document)
    {
        var path = _folder[Guid.NewGuid() + ".json"];
        File.WriteAllText(path, document);
        return path;
    }
}
