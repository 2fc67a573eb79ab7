using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: the built-in protocols, and whether another one can be used.</summary>
internal static class ProtocolEndpoints
{
    public static void MapProtocols(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/protocols");
        api.MapGet("", () => new ProtocolList([.. BuiltInProtocols.Names.Select(name =>
            Of(BuiltInProtocols.Named(name)!, name))])).For(ApiRole.Viewer).WithSummary("The built-in protocols.");
        api.MapGet("/{id}", (string id) => Of(
            BuiltInProtocols.Named(id) ?? throw ApiRefusalException.UnknownProtocol, id)).For(ApiRole.Viewer)
            .WithSummary("A built-in protocol.");
        api.MapPost("/check", async (HttpRequest http, CancellationToken cancellation) => Of(ProtocolJson.Read(
            (await JsonBody.ReadAsync<JsonElement>(http, "a protocol", cancellation)).GetRawText()), null))
            .For(ApiRole.Operator).WithSummary("Whether a protocol can be used.")
            .Accepts<JsonElement>("application/json");
    }

    private static ProtocolView Of(Protocol protocol, string? name)
    {
        var document = ProtocolJson.Write(protocol);
        return new ProtocolView(
            name, ProtocolJson.Reference(document).Sha256, JsonSerializer.Deserialize<JsonElement>(document));
    }
}
