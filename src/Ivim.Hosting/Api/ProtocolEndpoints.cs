using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api;

/// <summary>Version 1 of the API: protocols that are known, and whether another one can be used.</summary>
internal static class ProtocolEndpoints
{
    public static void MapProtocols(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/protocols");
        api.MapGet("", () => new ProtocolList([.. BuiltInProtocols.Names.Select(name =>
            View(new NamedProtocol(BuiltInProtocols.Named(name)!, name)))]))
            .For(ApiRole.Viewer).WithSummary("The built-in protocols.");
        api.MapGet("/{id}", async (string id, KnownProtocols known, CancellationToken cancellation) =>
            View(await known.FindAsync(id, cancellation))).For(ApiRole.Viewer)
            .WithSummary("A built-in protocol, or that of a study or cohort.");
        api.MapGet("/{id}/diff", async (string id, string to, KnownProtocols known, CancellationToken cancellation) =>
            ComparedProtocols.Of((await known.FindAsync(id, cancellation)).Protocol,
                (await known.FindAsync(to, cancellation)).Protocol)).For(ApiRole.Viewer)
            .WithSummary("What two known protocols differ in, and what runs again after the change.");
        api.MapPost("/diff", async (HttpRequest http, KnownProtocols known, CancellationToken cancellation) =>
        {
            var pair = await JsonBody.ReadAsync<ProtocolPair>(http, "two protocols", cancellation);
            return ComparedProtocols.Of(await OfAsync(pair.First, known, cancellation),
                await OfAsync(pair.Second, known, cancellation));
        }).For(ApiRole.Operator).WithSummary("The same of any two protocols.")
            .Accepts<ProtocolPair>("application/json");
        api.MapPost("/check", async (HttpRequest http, CancellationToken cancellation) => View(new NamedProtocol(
            Read(await JsonBody.ReadAsync<JsonElement>(http, "a protocol", cancellation)), null)))
            .For(ApiRole.Operator).WithSummary("Whether a protocol can be used.")
            .Accepts<JsonElement>("application/json");
    }

    private static ProtocolView View(NamedProtocol known) =>
        new(known.Name, known.Id, JsonSerializer.Deserialize<JsonElement>(known.Document));

    private static async Task<Protocol> OfAsync(
        JsonElement one, KnownProtocols known, CancellationToken cancellation) =>
        one.ValueKind == JsonValueKind.String
            ? (await known.FindAsync(one.GetString()!, cancellation)).Protocol : Read(one);

    private static Protocol Read(JsonElement document) => ProtocolJson.Read(document.GetRawText());
}
