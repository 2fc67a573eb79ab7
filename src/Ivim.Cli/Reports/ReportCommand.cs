using System.CommandLine;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Reports;
using Ivim.Actors.Stages;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Hosting;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Cli.Reports;

/// <summary>`ivim report OUT_DIR`: the pages of published maps, made again.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("OUT_DIR") { Description = "An output folder of `ivim map`." };
        var subject = SharedOptions.Text("--subject", "One subject alone.", "LABEL");
        var work = SharedOptions.Text("--work",
            "The work folder, which knows signals and warnings; default: .ivim inside OUT_DIR, if it is there.", "DIR");
        var regions = SharedOptions.Text("--roi", "Label image of the maps' grid; names from the .tsv beside it.",
            "FILE");
        var json = SharedOptions.Json();
        var command = new Command("report", "Make the reports of published maps again.")
        {
            folder, subject, work, regions, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var written = Write(parsed.GetRequiredValue(folder), parsed.GetValue(subject), parsed.GetValue(work),
                parsed.GetValue(regions), cancellation);
            if (parsed.GetValue(json)) terminal.Output.WriteLine(JsonLine.Of(new { Reports = written }));
            else foreach (string path in written) terminal.Output.WriteLine(path);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static List<string> Write(
        string folder, string? subject, string? work, string? labels, CancellationToken cancellation)
    {
        var studies = PublishedStudies.Of(Path.GetFullPath(folder), subject);
        if (labels is not null && studies.Count > 1)
            throw new RefusalException("MAPS-AMBIGUOUS", $"{studies.Count} studies for one label image", "one study",
                "name its subject with --subject, or its output folder");
        var view = View(folder, work);
        var written = new List<string>();
        foreach (var study in studies)
        {
            cancellation.ThrowIfCancellationRequested();
            var (dossier, hasScan) = PublishedStudies.WithScan(study, view?.Dossiers);
            var destination = new Destination(dossier);
            var regions = labels is null ? null
                : RegionFile.Read(labels, NiftiFile.ReadHeader(destination.Image("mask")));
            DurableFile.Write(destination.Report, StudyReport.Of(dossier, view?.Store, hasScan, regions));
            written.Add(destination.Report);
        }
        return written;
    }

    /// <summary>A folder that is named must be one; the usual place may be empty.</summary>
    private static WorkFolderView? View(string folder, string? work)
    {
        string root = work ?? Path.Combine(folder, ".ivim");
        if (Directory.Exists(Path.Combine(root, "artifacts"))) return new WorkFolderView(root);
        return work is null ? null : throw new RefusalException("WORK-MISSING", "no artifacts in that folder",
            "a work folder of ivim", "name it with --work, or leave --work out");
    }
}
