using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;

return await new IvimCommandLine(Terminal.OfThisProcess(), new EmbeddedMapRunner(TimeProvider.System)).RunAsync(args);
