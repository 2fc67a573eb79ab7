using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Evaluation;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Cli.Simulation;
using Ivim.Imaging.Reports;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Demo;

/// <summary>`ivim demo`: simulates a small abdomen, maps it, and shows truth and maps side by side.</summary>
internal static class DemoCommand
{
    /// <summary>Small enough for minutes on a laptop, large enough to show organs.</summary>
    private static readonly PhantomRecipe Recipe = new()
    {
        Kind = PhantomKind.Smooth,
        Tissues = TissueTable.Abdomen,
        Width = 48,
        Height = 48,
        Depth = 6,
        BSecondsPerMm2 = BValueScheme.Usual,
        SignalToNoise = 40,
        Seed = 1,
    };

    public static Command Create(Terminal terminal, IMapRunner runner)
    {
        var folder = SharedOptions.Text("--out", "Where everything goes; `ivim-demo` here if absent.", "DIR");
        var quiet = SharedOptions.Quiet();
        var command = new Command("demo", "Simulate a small study, map it, and compare the maps with the truth.")
        {
            folder, quiet,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var root = Path.GetFullPath(parsed.GetValue(folder) ?? "ivim-demo");
            return (int)await RunAsync(terminal, runner, root, parsed.GetValue(quiet), cancellation);
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        Terminal terminal, IMapRunner runner, string root, bool quiet, CancellationToken cancellation)
    {
        var simulation = SimulationFolder.At(Path.Combine(root, "phantom"));
        var phantom = Phantom.Make(Recipe, Environment.ProcessorCount);
        simulation.Write(phantom, force: false, cancellation);
        var options = new MapOptions
        {
            Input = simulation.Image,
            Out = Path.Combine(root, "maps"),
            Mask = simulation.Mask,
            Work = Path.Combine(root, "work"),
            Quiet = quiet,
            // A quarter of the default's training, to be done in seconds.
            Members = 4,
            Steps = 1000,
        };
        long started = terminal.Clock.GetTimestamp();
        var report = await ProgressView.ShowAsync(
            terminal, quiet, progress => runner.RunAsync(options, progress, cancellation));
        double seconds = terminal.Clock.GetElapsedTime(started).TotalSeconds;
        MapSummary.Write(terminal, report, seconds, withPaths: false);
        if (report.Errors.Count > 0) return ExitCode.FailedWork;
        MapSummary.WriteTotals(terminal, report, seconds);
        terminal.Output.WriteLine();
        EvaluationTable.Write(terminal,
            MapEvaluation.Run(new EvaluateOptions { Estimate = options.Out, Truth = simulation.Truth }));
        var picture = Path.Combine(root, "maps.png");
        AtomicFile.Write(picture, MapPicture.Render(Picture(MapFolder.Open(options.Out), phantom)));
        terminal.Output.WriteLine(
            $"\nimage    {simulation.Image}\ntruth    {simulation.Truth}\nmaps     {options.Out}\npicture  {picture}");
        return ExitCode.Done;
    }

    private static MapPictureContent Picture(MapFolder maps, Phantom phantom) => new()
    {
        Title = $"Simulated abdomen, signal-to-noise ratio {Recipe.SignalToNoise}",
        Size = (Recipe.Width, Recipe.Height, Recipe.Depth),
        Orientation = SliceOrientation.Radiological(maps.Header.Affine),
        Mask = Array.ConvertAll(phantom.Labels, label => label != 0),
        Rows =
        [
            MapPictureRow.D(maps.Maps[MapParameter.D], phantom.D),
            MapPictureRow.F(maps.Maps[MapParameter.F], phantom.F),
            MapPictureRow.DStar(maps.Maps[MapParameter.DStar], phantom.DStar),
        ],
    };
}
