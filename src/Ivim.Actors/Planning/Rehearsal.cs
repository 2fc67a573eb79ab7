using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Actors.Work;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Planning;

/// <summary>Runs an item aside, in memory.</summary>
public static class Rehearsal
{
    /// <summary>Runs the preparation of a submission, unless the store has its result.</summary>
    /// <param name="store">Has to leave damaged files where they are.</param>
    /// <exception cref="Physics.RefusalException">As the stage's.</exception>
    public static void Prepare(StudyCommand.Submit submission, StudyDossier dossier, FolderArtifactStore store,
        ComputeDevice device, StoredKnowledge known, CancellationToken cancellation)
    {
        var study = StudyState.Unborn;
        if (study.Decide(submission) is Domain.Decision<StudyEvent>.Accepted { Events: [var submitted] })
            study = study.Apply(submitted);
        if (StudyPlan.ItemOf(study, ItemName.Prepare) is not { } item || known.Find(item.Key) is not null) return;
        var scratch = new ScratchStore(store);
        scratch.Put(System.Text.Encoding.UTF8.GetBytes(submission.ProtocolDocument));
        known.Add(item.Key, Run(item, scratch, dossier, device, cancellation));
    }

    /// <param name="dossier">Null where the item reads none; it lies in a folder of its own as long as it runs.</param>
    internal static WorkResult Run(WorkItem item, ScratchStore store, StudyDossier? dossier, ComputeDevice device,
        CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ivim-");
        try
        {
            var dossiers = new DossierFolder(Path.Combine(folder.FullName, "dossiers"));
            if (dossier is not null) dossiers.Save(item.Study, dossier);
            return new StageRunner(store, dossiers, device).Run(item, new Silence(), cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Silence : IStageWatch
    {
        public string Worker => "rehearsal";

        public void Progress(double fraction)
        {
        }

        public void Resumed(int step)
        {
        }

        public void Checkpointed(int step)
        {
        }

        public void Trained(int steps)
        {
        }
    }
}
