using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;

namespace Ivim.Cli.Tests;

/// <summary>One run of the program inside the test, with what it said.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public static async Task<ProgramRun> OfAsync(IMapRunner? runner, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal { Output = output, Error = error };
        int exitCode = await new IvimCommandLine(terminal, runner).RunAsync(arguments);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    public static Task<ProgramRun> OfAsync(params string[] arguments) => OfAsync(null, arguments);

    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
}
