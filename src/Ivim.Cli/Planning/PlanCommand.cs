using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Planning;

/// <summary>`ivim plan`: what a run of a study or a cohort would reuse and compute, how long, and why.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var arguments = new PlanArguments();
        var command = new Command("plan",
            "Say what a run would reuse and what it would compute, here or on a server; writes nothing.");
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = arguments.Read(parsed);
            return (int)(plan.Cohort is { } cohort ? await PlanCohortAsync(terminal, cohort, plan, cancellation)
                : await PlanStudyAsync(terminal, plan, cancellation));
        });
        return command;
    }

    private static async Task<ExitCode> PlanStudyAsync(
        Terminal terminal, PlanOptions plan, CancellationToken cancellation)
    {
        var report = await (plan.IsRemote ? RemotePlan.OfAsync(plan, cancellation)
            : LocalPlan.OfAsync(plan, cancellation));
        if (plan.Map.Json) terminal.Output.WriteLine(JsonLine.Of(report));
        else PlanTable.Write(terminal, report);
        return ExitCode.Done;
    }

    /// <summary>A script must not take a plan for whole that leaves out what cannot be mapped so.</summary>
    private static async Task<ExitCode> PlanCohortAsync(
        Terminal terminal, string cohort, PlanOptions plan, CancellationToken cancellation)
    {
        var report = await RemotePlan.OfCohortAsync(cohort, plan, cancellation);
        if (plan.Map.Json) terminal.Output.WriteLine(JsonLine.Of(report));
        else CohortPlanTable.Write(terminal, report);
        return report.Codes.Count == 0 ? ExitCode.Done : ExitCode.FailedWork;
    }
}
