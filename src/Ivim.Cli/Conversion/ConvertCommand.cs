using System.CommandLine;
using System.Globalization;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Hosting.Intake;

namespace Ivim.Cli.Conversion;

/// <summary>`ivim convert INPUT --out FILE`: one diffusion series as NIfTI with its tables.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal)
    {
        var arguments = new ConvertArguments();
        var command = new Command("convert", "Write a DICOM series as NIfTI with .bval, .bvec and a side-car.");
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var files = arguments.Files(parsed);
            if (!arguments.Force(parsed)) files.RequireFree();
            var series = arguments.Input(parsed).Read();
            cancellation.ThrowIfCancellationRequested();
            files.Write(series);
            Report(terminal, files, series, arguments.Json(parsed));
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static void Report(Terminal terminal, SeriesFiles files, ConvertedSeries series, bool asJson)
    {
        foreach (var warning in series.Warnings) terminal.Error.WriteLine($"warning {warning}");
        if (asJson)
        {
            terminal.Output.WriteLine(JsonLine.Of(ConvertReport.Of(files, series)));
            return;
        }
        terminal.Output.WriteLine($"image     {files.Image}");
        terminal.Output.WriteLine($"volumes   {series.Image.Header.Shape}");
        terminal.Output.WriteLine("b-values  " + string.Join(' ',
            series.BSecondsPerMm2.Distinct().Order().Select(b => b.ToString("0.###", CultureInfo.InvariantCulture))));
    }
}

/// <summary>The one object that `--json` puts on the last line.</summary>
/// <param name="Shape">Voxels along x, y and z, and volumes.</param>
/// <param name="BVectors">Null where no directions are known.</param>
internal sealed record ConvertReport(
    string Image, string BValues, string? BVectors, string? SideCar, int[] Shape, IReadOnlyList<double> BSecondsPerMm2,
    IReadOnlyList<Notice> Warnings, IReadOnlyList<Notice> Errors)
{
    public static ConvertReport Of(SeriesFiles files, ConvertedSeries series)
    {
        var shape = series.Image.Header.Shape;
        return new ConvertReport(files.Image, files.BValues, series.Directions is null ? null : files.BVectors,
            series.SideCar is null ? null : files.SideCar, [shape.Width, shape.Height, shape.Slices, shape.Volumes],
            series.BSecondsPerMm2, [.. series.Warnings.Select(warning => new Notice(warning.Code, warning.Text))], []);
    }
}
