using System.Net;
using System.Net.Http.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api;

public sealed class ProtocolTests : IAsyncLifetime, IDisposable
{
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
    public async Task A_protocol_that_is_unknown_or_cannot_be_used_is_refused_with_its_code()
    {
        var unknown = await _served.Client.GetAsync("/api/v1/protocols/nobody");
        Assert.Equal((HttpStatusCode.NotFound, "PROTOCOL-UNKNOWN"),
            (unknown.StatusCode, await ServedStudies.CodeAsync(unknown)));
        var strange = await _served.Client.PostAsJsonAsync(
            "/api/v1/protocols/check", new { schema = "ivim-protocol/1", noSuchField = 1 });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "PROTOCOL-JSON"),
            (strange.StatusCode, await ServedStudies.CodeAsync(strange)));
    }
}
