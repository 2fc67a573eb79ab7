using Ivim.Actors.Artifacts;
using Ivim.Actors.Cohorts;
using Ivim.Actors.Stages;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Manifests;
using Ivim.Hosting.Submissions;
using Ivim.Physics;

namespace Ivim.Hosting.Cohorts;

/// <summary>Makes studies of the entries of a cohort: the one place where a pseudonym meets its files.</summary>
internal sealed class CohortStudies(
    Func<StudyRegions> regions, CohortFolder cohorts, IArtifactStore store, DossierFolder dossiers,
    InputFolder inputs, TimeProvider clock)
    : ICohortStudies, IDisposable
{
    private const int ProtocolDigits = 12;

    /// <summary>Hashing reads whole images: more readers than this only take the disk from the workers.</summary>
    private readonly SemaphoreSlim _readers = new(2);

    /// <summary>As the queue told it last.</summary>
    private volatile WorkAtHand _work = WorkAtHand.Unknown;

    private StudyTalk Talk => new(regions(), new BoundedPatience(), clock);

    public async Task<FiledStudy> FileAsync(EntryOrder order)
    {
        var submission = await ReadAsync(order);
        var study = StudyFiling.StudyOf(submission, order.NumericClass);
        var before = await Talk.LookAsync(study, CancellationToken.None);
        if (before.Quarantine is { } quarantine) throw Refused(quarantine);
        if (before.Phase == StudyPhase.Running && IsElsewhere(study, submission.Dossier))
            throw new EntryDelayedException("STUDY-ELSEWHERE", "STUDY-ELSEWHERE: found the same study at work for "
                + "another place; expected one destination at a time; its maps come here when it has ended.");
        await Task.Run(() => StudyFiling.File(submission, order.NumericClass, store, dossiers));
        return new FiledStudy(study, submission.Source);
    }

    public async Task SubmitAsync(EntryOrder order, FiledStudy study)
    {
        var dossier = await Task.Run(() => dossiers.Read(study.Study));
        var document = SiteProtocol.Apply(order.ProtocolDocument, EntryOf(order).Entry.Site);
        var submission = new StudySubmission(study.Source, document, dossier);
        var before = await Talk.LookAsync(study.Study, CancellationToken.None);
        try
        {
            await Talk.SubmitAsync(study.Study, submission, order.NumericClass, CancellationToken.None);
        }
        catch (StudyFailedException refused)
        {
            throw Refused(refused.Failure);
        }
        if (before.IsUndelivered || before.IsPublished && !await HoldsAsync(dossier, before))
            await Talk.PublishAgainAsync(study.Study, before.Round, CancellationToken.None);
    }

    public async Task<StudyStanding> LookAsync(StudyId study)
    {
        var look = await Talk.LookAsync(study, CancellationToken.None);
        return new StudyStanding(look.Phase, look.Failure
            ?? (look.Phase == StudyPhase.Running ? MisfitOf(study) : null));
    }

    public async Task StopAsync(StudyId study) => await Talk.CancelAsync(study, CancellationToken.None);

    public async Task<int> WorkersAsync()
    {
        _work = WorkAtHand.Of(await Talk.AskAsync<QueueLoad>(
            regions().Queue, new QueueQuery.Load(), CancellationToken.None));
        return _work.Workers.Count;
    }

    public void Dispose() => _readers.Dispose();

    private WorkFailure? MisfitOf(StudyId study) => _work.MisfitOf(study) is { } misfit
        ? new WorkFailure(FailureClass.Infrastructure, misfit.Code, misfit.Message) : null;

    private async Task<StudySubmission> ReadAsync(EntryOrder order)
    {
        await _readers.WaitAsync();
        try
        {
            return await Task.Run(() => Read(order));
        }
        finally
        {
            _readers.Release();
        }
    }

    private StudySubmission Read(EntryOrder order)
    {
        var (place, entry) = EntryOf(order);
        if (!Directory.Exists(place.Root))
            throw new EntryDelayedException("COHORT-ROOT-AWAY", "COHORT-ROOT-AWAY: found no folder where the root of "
                + "the manifest should be; expected the disk with the scans; mount it: the cohort goes on by itself.");
        var dossier = ManifestFiles.Taken(entry, new RootJail(place.Root), inputs,
            OutputOf(place, order.ProtocolDocument), Pseudonyms.BidsName(order.Entry.Pseudonym));
        var source = SourceFiles.Reading(() => SourceHash.Of(dossier));
        SubmittedFiles.RequireUsableOutput(dossier, source.Image);
        return new StudySubmission(source, SiteProtocol.Apply(order.ProtocolDocument, entry.Site), dossier);
    }

    /// <summary>One dataset for each protocol: old maps stay readable, and no two protocols meet in one.</summary>
    internal static string OutputOf(CohortPlace place, string protocolDocument) => Path.Combine(
        place.Output, "ivim-" + ProtocolJson.Reference(protocolDocument).Sha256[..ProtocolDigits]);

    private (CohortPlace Place, ManifestEntry Entry) EntryOf(EntryOrder order) =>
        cohorts.EntryOf(order.Cohort, order.Entry.Pseudonym, order.Entry.EntryHash) is { } placed
            ? (placed.Place, placed.Entry.ToEntry())
            : throw ManifestLost;

    internal static RefusalException ManifestLost => new("MANIFEST-LOST",
        "no such entry in the manifest that the work folder keeps", "the manifest that was submitted",
        "submit it again, then retry");

    private bool IsElsewhere(StudyId study, StudyDossier dossier) => dossiers.Find(study) is { } known
        && (known.Output, known.Name) != (dossier.Output, dossier.Name);

    private static Task<bool> HoldsAsync(StudyDossier dossier, StudyLook look) =>
        Task.Run(() => new Destination(dossier).Holds(look.Maps));

    private static RefusalException Refused(WorkFailure failure) => new(failure.Code,
        "a study of this entry that is in doubt", "one that people have looked at", "see docs/errors.md");
}
