using System.CommandLine;
using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Cli.Reports;
using Ivim.Imaging.Dicom.Export;
using Ivim.Imaging.Dicom.Writing;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Cli.Export;

/// <summary>`ivim export OUT_DIR --dicom DIR`: published maps as DICOM objects.</summary>
internal static class ExportCommand
{
    /// <summary>What the names of standard deviations end with, as in the provenance.</summary>
    private const string Spread = "-std";

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("OUT_DIR") { Description = "An output folder of `ivim map`." };
        var dicom = SharedOptions.Folder("--dicom", "A new or empty folder for the objects.");
        var source = SharedOptions.Text("--source",
            "The DICOM series that was mapped: patient, study and geometry come from it.", "PATH");
        var series = SharedOptions.Series();
        var subject = SharedOptions.Text("--subject", "Which subject, if the folder holds several.", "LABEL");
        var form = new Option<string>("--dicom-form")
        {
            Description = "Parametric maps, or MR images for old viewers.",
            DefaultValueFactory = _ => "pm",
        };
        form.AcceptOnlyFromAmong("pm", "mr");
        var json = SharedOptions.Json();
        var command = new Command("export", "Write published maps of D, f and D* as DICOM objects.")
        {
            folder, dicom, source, series, subject, form, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string into = Path.GetFullPath(parsed.GetRequiredValue(dicom));
            RequireFree(into);
            var study = One(PublishedStudies.Of(Path.GetFullPath(parsed.GetRequiredValue(folder)),
                parsed.GetValue(subject)));
            var found = parsed.GetValue(source) is { } path ? DicomSource.Read(path, parsed.GetValue(series)) : null;
            var written = Write(study, found, parsed.GetValue(form) == "mr", into, cancellation);
            if (parsed.GetValue(json)) terminal.Output.WriteLine(JsonLine.Of(new { Objects = written }));
            else foreach (string name in written) terminal.Output.WriteLine(name);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static List<string> Write(
        StudyDossier study, DicomSource? source, bool asMr, string into, CancellationToken cancellation)
    {
        var maps = PublishedMaps(new Destination(study));
        var grid = MapGrid.Of(maps[0].Image.Header, source);
        var header = new ObjectHeader(source, study.Name.Split('_')[0], ScanOf(study),
            typeof(ExportCommand).Assembly.GetName().Version!.ToString(3));
        var written = new List<string>();
        Directory.CreateDirectory(into);
        foreach (var map in maps)
        {
            string name = Path.Combine(into, $"{map.Quantity.Parameter}{(map.IsSpread ? Spread : "")}");
            DicomContent[] objects = asMr ? [.. MrMapObjects.Of(map, grid, header)]
                : [ParametricMapObject.Of(map, grid, header)];
            for (int i = 0; i < objects.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                written.Add(asMr ? $"{name}-{i + 1:0000}.dcm" : name + ".dcm");
                DurableFile.Write(written[^1], DicomWriter.Bytes(objects[i]));
            }
        }
        return written;
    }

    private static List<ExportedMap> PublishedMaps(Destination published)
    {
        var maps = new List<ExportedMap>();
        foreach (var quantity in MapQuantity.All)
            foreach (bool isSpread in (bool[])[false, true])
            {
                string image = published.Image(quantity.Parameter + (isSpread ? Spread : ""));
                if (isSpread && !File.Exists(image)) continue;
                maps.Add(new ExportedMap(quantity, isSpread, maps.Count + 1, NiftiFile.Read(image),
                    MapFacts.Read(Destination.SideCar(image))).Checked());
            }
        return maps;
    }

    /// <summary>The hash of the scan, which tells studies of one label apart.</summary>
    private static string ScanOf(StudyDossier study)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(new Destination(study).Provenance));
            return document.RootElement.GetProperty("source").GetProperty("image").GetString() ?? study.Name;
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RefusalException("REPORT-NO-MAPS", "a provenance that cannot be read",
                "an output folder that `ivim map` finished", "map the study again", broken);
        }
    }

    private static void RequireFree(string folder)
    {
        if (File.Exists(folder) || Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new RefusalException("EXPORT-EXISTS", "something in the place of the objects",
                "a new or empty folder", "choose another --dicom");
    }

    private static StudyDossier One(IReadOnlyList<StudyDossier> studies) =>
        studies is [var only] ? only : throw new RefusalException("MAPS-AMBIGUOUS",
            $"{studies.Count} studies in that folder", "one study", "name its subject with --subject");
}
