using System.Net.Http.Json;
using System.Text.Json;
using Ivim.Cli.Remote;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Cohorts;

/// <summary>The addresses of cohorts in the HTTP API, version 1.</summary>
internal sealed class CohortServer(ServerAddress address) : IDisposable
{
    private const string Cohorts = "api/v1/cohorts";

    private static readonly TimeSpan SubmitTime = TimeSpan.FromMinutes(10), AnswerTime = TimeSpan.FromSeconds(60);

    private readonly StudyServer _server = new(address);

    public Task<CohortView> SubmitAsync(CohortRequest request, CancellationToken cancellation) =>
        _server.SendAsync<CohortView>(
            HttpMethod.Post, Cohorts, () => JsonContent.Create(request), SubmitTime, cancellation);

    public Task<CohortList> ListAsync(CancellationToken cancellation) =>
        _server.SendAsync<CohortList>(HttpMethod.Get, Cohorts, null, AnswerTime, cancellation);

    public Task<CohortView> ViewAsync(string name, CancellationToken cancellation) =>
        _server.SendAsync<CohortView>(HttpMethod.Get, AddressOf(name), null, AnswerTime, cancellation);

    /// <summary>Every entry, page after page.</summary>
    public async Task<IReadOnlyList<EntryView>> EntriesAsync(
        string name, string? centre, string? phase, CancellationToken cancellation)
    {
        var entries = new List<EntryView>();
        for (int? from = 0; from is { } first;)
        {
            var query = $"/entries?from={first}&most=500&centre={Escaped(centre)}&phase={Escaped(phase)}";
            var page = await _server.SendAsync<EntryPage>(
                HttpMethod.Get, AddressOf(name) + query, null, AnswerTime, cancellation);
            entries.AddRange(page.Entries);
            from = page.Next;
        }
        return entries;
    }

    /// <param name="order">`pause`, `resume`, `cancel` or `retry`, with its query.</param>
    public Task<CohortView> OrderAsync(string name, string order, CancellationToken cancellation) =>
        _server.SendAsync<CohortView>(HttpMethod.Post, $"{AddressOf(name)}/{order}", null, AnswerTime, cancellation);

    public Task<CohortView> ChangeProtocolAsync(string name, JsonElement protocol, CancellationToken cancellation) =>
        _server.SendAsync<CohortView>(HttpMethod.Put, $"{AddressOf(name)}/protocol",
            () => JsonContent.Create(protocol), AnswerTime, cancellation);

    public static string Escaped(string? text) => Uri.EscapeDataString(text ?? "");

    public void Dispose() => _server.Dispose();

    private static string AddressOf(string name) => $"{Cohorts}/{Escaped(name)}";
}
