using Ivim.Actors.Stages;
using Ivim.Cli.Mapping;
using Ivim.Hosting;
using Ivim.Hosting.Planning;
using Ivim.Learning;

namespace Ivim.Cli.Planning;

/// <summary>What `ivim map` would do with these options and the work folder that they name.</summary>
internal static class LocalPlan
{
    public static async Task<PlanReport> OfAsync(PlanOptions plan, CancellationToken cancellation)
    {
        var protocol = ProtocolChoice.Of(plan.Map);
        using var intake = DicomIntake.Look(plan.Map, RootOf(plan.Map));
        var dossier = MapInput.Find(intake.Options);
        InputCheck.Require(dossier, protocol);
        var folder = FolderOf(plan.Map);
        var last = await LastRun.OfAsync(folder, dossier.Image, cancellation);
        if (!plan.HasOut && last is not null)
            dossier = dossier with { Output = last.Dossier.Output, Name = last.Dossier.Name };
        var device = ComputeDevice.Resolve(plan.Map.Device);
        return await new StudyPlanner(folder).RunAsync(
            WantedStudy.Of(dossier, protocol, NumericClass.Describe(device)), last,
            plan.Map.Workers ?? Environment.ProcessorCount, plan.Rehearse ? device : null, cancellation);
    }

    private static WorkFolderView FolderOf(MapOptions options)
    {
        var root = RootOf(options);
        return new WorkFolderView(root, WorkJournal.Of(root));
    }

    private static string RootOf(MapOptions options) => options.Work ?? Path.Combine(options.Out, ".ivim");
}
