using System.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Cohorts;

/// <summary>`ivim cohort …`: many studies of many centres under one protocol.</summary>
internal static class CohortCommand
{
    public static Command Create(Terminal terminal) =>
        new("cohort", "Map thousands of studies of many centres.") { CohortCheckCommand.Create(terminal) };
}
