using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Evaluation;

/// <summary>`ivim evaluate EST --truth DIR`: the error table of maps whose truth is known.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        var estimate = new Argument<string>("EST") { Description = "An output folder of `ivim map`." };
        var truth = SharedOptions.Folder("--truth", "The truth of the phantom.");
        var reference = SharedOptions.Text("--reference", "A run without slabs, to pair the seam index with.", "DIR");
        var slabSlices = SharedOptions.Count("--slab-slices", "Slices of a slab, if the maps do not tell.", 1);
        var mask = SharedOptions.Text("--mask", "Voxels to compare, in place of the mapped ones.", "FILE");
        var polished = new Option<bool>("--polished") { Description = "The polished maps in place of the others." };
        var json = SharedOptions.Json();
        var command = new Command("evaluate", "Compare maps with their truth, by parameter and region.")
        {
            estimate, truth, reference, slabSlices, mask, polished, json,
        };
        command.SetAction((parsed, _) =>
        {
            var report = MapEvaluation.Run(new EvaluateOptions
            {
                Estimate = parsed.GetRequiredValue(estimate),
                Truth = parsed.GetRequiredValue(truth),
                Reference = parsed.GetValue(reference),
                SlabSlices = parsed.GetValue(slabSlices),
                Mask = parsed.GetValue(mask),
                Polished = parsed.GetValue(polished),
            });
            if (parsed.GetValue(json)) terminal.Output.WriteLine(EvaluationJson.Of(report));
            else EvaluationTable.Write(terminal, report);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
