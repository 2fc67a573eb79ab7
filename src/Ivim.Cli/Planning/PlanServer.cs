using System.Net.Http.Json;
using System.Text.Json;
using Ivim.Cli.Remote;
using Ivim.Hosting.Api;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>The addresses of plans and reasons in the HTTP API, version 1.</summary>
internal sealed class PlanServer(ServerAddress address) : IDisposable
{
    /// <summary>A plan may hash the files of a study, or go through a large cohort.</summary>
    private static readonly TimeSpan PlanTime = TimeSpan.FromMinutes(10), AnswerTime = TimeSpan.FromSeconds(60);

    private readonly StudyServer _server = new(address);

    public Task<PlanReport> PlanAsync(PlanRequest request, CancellationToken cancellation) =>
        _server.SendAsync<PlanReport>(
            HttpMethod.Post, "api/v1/plan", () => JsonContent.Create(request), PlanTime, cancellation);

    /// <param name="workers">That the time is estimated for; null: those that are connected.</param>
    public Task<CohortPlanReport> PlanCohortAsync(
        string name, JsonElement protocol, int? workers, CancellationToken cancellation) =>
        _server.SendAsync<CohortPlanReport>(HttpMethod.Post,
            $"api/v1/cohorts/{Uri.EscapeDataString(name)}/plan" + (workers is null ? "" : $"?workers={workers}"),
            () => JsonContent.Create(protocol), PlanTime, cancellation);

    /// <param name="item">Null for the whole study.</param>
    public Task<StudyReasons> WhyAsync(string study, string? item, CancellationToken cancellation) =>
        _server.SendAsync<StudyReasons>(HttpMethod.Get, $"api/v1/studies/{Uri.EscapeDataString(study)}/why"
            + (item is null ? "" : $"?item={Uri.EscapeDataString(item)}"), null, AnswerTime, cancellation);

    public void Dispose() => _server.Dispose();
}
