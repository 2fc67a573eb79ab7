using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api;

/// <summary>The OpenAPI document as served, against the addresses and against what docs/api.md says.</summary>
public sealed partial class ApiDocumentTests : IAsyncLifetime, IDisposable
{
    private const string Self = "GET /api/v1/openapi.json";

    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync() => _served = await ServedStudies.StartAsync(_folder["work"], []);

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_address_is_in_the_document_with_its_token_a_summary_and_its_answers()
    {
        using var document = await DocumentAsync();
        var operations = Operations(document.RootElement);
        Assert.Equal(Addresses().Where(address => address != Self).Order(), operations.Select(o => o.Name).Order());
        foreach (var (name, operation) in operations)
        {
            bool isOpen = name.Contains("/healthz/", StringComparison.Ordinal);
            Assert.True(isOpen != operation.TryGetProperty("security", out _), name);
            Assert.True(operation.TryGetProperty("summary", out var summary) && summary.GetString() is [_, ..], name);
            var answers = operation.GetProperty("responses");
            Assert.True(answers.TryGetProperty("default", out var refusal), name);
            Assert.True(refusal.GetProperty("content").TryGetProperty("application/problem+json", out _), name);
            Assert.True(answers.TryGetProperty("200", out _), name);
        }
    }

    [Fact]
    public async Task Bodies_and_answers_have_the_names_that_are_sent()
    {
        using var document = await DocumentAsync();
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.True(schemas.GetProperty("StudyRequest").GetProperty("properties").TryGetProperty("bvalues", out _));
        Assert.True(schemas.GetProperty("StudyView").GetProperty("properties").TryGetProperty("phase", out _));
        Assert.True(schemas.GetProperty("CohortView").GetProperty("properties").TryGetProperty("heldUp", out _));
    }

    [Fact]
    public void The_table_of_addresses_names_every_one()
    {
        var told = File.ReadLines(Path.Combine(Root(), "docs", "api.md"))
            .Where(line => line.StartsWith('|')).Select(line => line.Split('|')[1])
            .Where(cell => cell.Contains('/', StringComparison.Ordinal)).SelectMany(Told).ToHashSet();
        Assert.All(Addresses(), address => Assert.Contains(Nameless(address), told));
    }

    /// <summary>A row may name several ends of one address: `POST /a/pause, /resume`.</summary>
    private static IEnumerable<string> Told(string cell)
    {
        var parts = cell.Trim().Split(", ");
        var first = Nameless(parts[0].Split('?')[0]);
        yield return first;
        foreach (var end in parts.Skip(1)) yield return first[..first.LastIndexOf('/')] + end;
    }

    private static string Nameless(string address) => Parameter().Replace(address, "{}");

    private async Task<JsonDocument> DocumentAsync() =>
        JsonDocument.Parse(await _served.Client.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative)));

    private static List<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
    [
        .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))),
    ];

    private IEnumerable<string> Addresses() => _served.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
        .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ivim.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
