using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting;

/// <summary>A work folder as one sees it who only looks: nothing is held, made, moved or taken away.</summary>
/// <param name="root">May be held by a running node; a folder that is not there is an empty one.</param>
/// <param name="journal">Where the studies' events are; null for the folder's own file.</param>
public sealed class WorkFolderView(string root, IJournal? journal = null)
{
    public string Root { get; } = Path.GetFullPath(root);

    public FolderArtifactStore Store { get; } = new(Path.Combine(root, "artifacts")) { SetsAside = false };

    public DossierFolder Dossiers { get; } = new(Path.Combine(root, "dossiers"));

    public InputFolder Inputs { get; } = new(root);

    public StudyRecords Records { get; } =
        (journal ?? new SqliteJournal(Path.Combine(root, "journal.db"))).Records;

    /// <summary>The studies that were submitted for this image here, the latest submission first.</summary>
    public IEnumerable<(StudyId Study, StudyDossier Dossier)> RunsOf(string image) =>
        from study in Dossiers.Studies()
        let dossier = Dossiers.Find(study)
        where dossier?.Image == image
        select (study, dossier);
}
