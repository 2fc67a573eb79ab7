using Ivim.Cli.Mapping;
using Ivim.Cli.Remote;
using Ivim.Hosting.Api;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>What a server would do with a study or a cohort.</summary>
internal static class RemotePlan
{
    private const string Prefix = "st-";
    private const int NameLength = 23;

    /// <summary>Whether INPUT is the name of a submitted study, and no file.</summary>
    public static bool IsStudy(string input) => input.Length == NameLength
        && input.StartsWith(Prefix, StringComparison.Ordinal) && input[Prefix.Length..].All(char.IsAsciiHexDigitLower);

    public static async Task<PlanReport> OfAsync(PlanOptions plan, CancellationToken cancellation)
    {
        var request = IsStudy(plan.Map.Input)
            ? new PlanRequest { Study = plan.Map.Input, Protocol = Submission.Json(ProtocolChoice.Of(plan.Map)) }
            : new PlanRequest { Submission = Submission.Of(plan.Map, plan.NumericClass) };
        using var server = new PlanServer(ServerAddress.Of(plan.Server));
        return await server.PlanAsync(request with { Workers = plan.Map.Workers }, cancellation);
    }

    public static async Task<CohortPlanReport> OfCohortAsync(
        string name, PlanOptions plan, CancellationToken cancellation)
    {
        var protocol = Submission.Json(ProtocolChoice.Of(plan.Map));
        using var server = new PlanServer(ServerAddress.Of(plan.Server));
        return await server.PlanCohortAsync(name, protocol, plan.Map.Workers, cancellation);
    }
}
