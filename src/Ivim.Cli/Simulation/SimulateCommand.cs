using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Simulation;

/// <summary>`ivim simulate --out DIR`: a phantom with known truth, or a dataset of them.</summary>
internal static class SimulateCommand
{
    public static Command Create(Terminal terminal)
    {
        var arguments = new SimulateArguments();
        var command = new Command("simulate", "Make a phantom with known truth.");
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (arguments.Subjects(parsed) is { } subjects)
            {
                SimulatedDataset.Write(arguments.Folder(parsed), arguments.Recipe(parsed), subjects,
                    arguments.Sessions(parsed), arguments.Force(parsed), cancellation);
                if (!arguments.Quiet(parsed))
                    terminal.Output.WriteLine($"dataset  {Path.GetFullPath(arguments.Folder(parsed))}");
                return Task.FromResult((int)ExitCode.Done);
            }
            var folder = SimulationFolder.At(arguments.Folder(parsed));
            var phantom = Phantom.Make(arguments.Recipe(parsed), Environment.ProcessorCount);
            folder.Write(phantom, arguments.Force(parsed), cancellation);
            if (arguments.Quiet(parsed)) return Task.FromResult((int)ExitCode.Done);
            terminal.Output.WriteLine($"image  {folder.Image}");
            terminal.Output.WriteLine($"truth  {folder.Truth}");
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
