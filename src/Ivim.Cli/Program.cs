using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

return await new IvimCommandLine(Terminal.OfThisProcess(), mapRunner: null).RunAsync(args);
