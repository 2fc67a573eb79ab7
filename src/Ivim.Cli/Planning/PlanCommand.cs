using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Planning;

/// <summary>`ivim plan INPUT --work DIR`: what `ivim map` would reuse and compute, how long, and why.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var arguments = new PlanArguments();
        var command = new Command("plan", "Say what `map` would reuse and what it would compute; writes nothing.");
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = arguments.Read(parsed);
            var report = await new StudyPlanner(terminal.Clock).RunAsync(plan, cancellation);
            if (plan.Map.Json) terminal.Output.WriteLine(JsonLine.Of(report));
            else PlanTable.Write(terminal, report);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
