using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api;

public sealed class ProtocolTests : IAsyncLifetime, IDisposable
{
    private const string Protocols = "/api/v1/protocols";

    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync() => _served = await ServedStudies.StartAsync(_folder["work"], []);

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Built_in_protocols_are_served_as_studies_would_name_them_and_pass_the_check()
    {
        var list = await _served.Client.GetFromJsonAsync<ProtocolList>("/api/v1/protocols");
        Assert.Equal(BuiltInProtocols.Names, list!.Protocols.Select(view => view.Name!));
        foreach (var view in list.Protocols)
        {
            var canonical = ProtocolJson.Write(BuiltInProtocols.Named(view.Name!)!);
            Assert.Equal(ProtocolJson.Reference(canonical).Sha256, view.Protocol);
            Assert.Equal(canonical, ProtocolJson.Write(ProtocolJson.Read(view.Document.GetRawText())));
            var one = await _served.Client.GetFromJsonAsync<ProtocolView>($"/api/v1/protocols/{view.Name}");
            Assert.Equal(view.Protocol, one!.Protocol);
            var check = await _served.Client.PostAsJsonAsync("/api/v1/protocols/check", view.Document);
            Assert.Equal(view.Protocol, (await check.Content.ReadFromJsonAsync<ProtocolView>())!.Protocol);
        }
    }

    [Fact]
    public async Task Protocols_of_studies_and_cohorts_are_known_by_their_ids_and_nothing_else_of_the_store_is()
    {
        var store = _served.Services.GetRequiredService<IArtifactStore>();
        var document = ProtocolJson.Write(SmallStudy.Protocol);
        var accepted = store.Put(Encoding.UTF8.GetBytes(document));
        var view = await _served.Client.GetFromJsonAsync<ProtocolView>($"{Protocols}/{accepted.Sha256}");
        Assert.Equal((null, accepted.Sha256, document), (view!.Name, view.Protocol,
            ProtocolJson.Write(ProtocolJson.Read(view.Document.GetRawText()))));
        var builtIn = ProtocolJson.Reference(ProtocolJson.Write(new Protocol())).Sha256;
        Assert.Equal("default", (await _served.Client.GetFromJsonAsync<ProtocolView>($"{Protocols}/{builtIn}"))!.Name);
        // What can be read as a protocol and is no canonical one, and what is none at all.
        foreach (var other in new[] { """{ "schema": "ivim-protocol/1" }""", "{}", "maps" })
            await AssertUnknownAsync(store.Put(Encoding.UTF8.GetBytes(other)).Sha256);
        await AssertUnknownAsync(new string('0', 64));
    }

    [Fact]
    public async Task Two_protocols_are_compared_as_the_command_line_compares_them()
    {
        var more = new Protocol() with { Ensemble = new EnsembleRules { Members = new Protocol().MemberCount + 2 } };
        var expected = JsonSerializer.Serialize(ComparedProtocols.Of(new Protocol(), more), JsonSerializerOptions.Web);
        var answer = await _served.Client.PostAsJsonAsync(
            $"{Protocols}/diff", new { first = "default", second = SmallCohort.Json(more) });
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("membersAdded").GetInt32());
        var brain = await _served.Client.GetFromJsonAsync<JsonElement>($"{Protocols}/default/diff?to=brain");
        Assert.Contains(brain.GetProperty("fields").EnumerateArray(),
            field => field.GetProperty("name").GetString()!.StartsWith("bounds.", StringComparison.Ordinal));
        await AssertUnknownAsync("default/diff?to=nobody");
        await AssertUnknownAsync("nobody/diff?to=default");
        var lone = await _served.Client.PostAsJsonAsync($"{Protocols}/diff", new { first = "default" });
        Assert.Equal("REQUEST-MALFORMED", await ServedStudies.CodeAsync(lone));
        var without = await _served.Client.GetAsync($"{Protocols}/default/diff");
        Assert.Equal("REQUEST-MALFORMED", await ServedStudies.CodeAsync(without));
    }

    private async Task AssertUnknownAsync(string end)
    {
        using var answer = await _served.Client.GetAsync($"{Protocols}/{end}");
        Assert.Equal((HttpStatusCode.NotFound, "PROTOCOL-UNKNOWN"),
            (answer.StatusCode, await ServedStudies.CodeAsync(answer)));
    }

    [Fact]
    public async Task A_protocol_that_is_unknown_or_cannot_be_used_is_refused_with_its_code()
    {
        await AssertUnknownAsync("nobody");
        var strange = await _served.Client.PostAsJsonAsync(
            "/api/v1/protocols/check", new { schema = "ivim-protocol/1", noSuchField = 1 });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "PROTOCOL-JSON"),
            (strange.StatusCode, await ServedStudies.CodeAsync(strange)));
    }
}
