using System.Text.Json;
using Ivim.Actors.Stages;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Planning;
using Ivim.Physics;

namespace Ivim.Hosting.Api;

/// <summary>Says what a run would do, and why a study stands as it does; starts and writes nothing.</summary>
/// <param name="folder">The seed's own work folder and journal, to look at.</param>
internal sealed class PlanDesk(
    WorkFolderView folder, KnownStudies studies, CohortDesk cohorts, ClusterDesk cluster, ApiSettings settings)
    : IDisposable
{
    /// <summary>On one page, if the caller does not say otherwise; and whatever the caller says.</summary>
    public const int UsualFacts = 100, MostFacts = 1000;

    private const int MostWorkers = 10_000;

    /// <summary>So many plans at a time: they read files and journal, which the node needs as well.</summary>
    private readonly SemaphoreSlim _planners = new(2);

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, ITEM-UNKNOWN, JOURNAL-AWAY.</exception>
    public Task<StudyReasons> WhyAsync(StudyId study, string? item, CancellationToken cancellation)
    {
        studies.DossierOf(study);
        return InTurnAsync(() => new StudyInquiry(folder).AskAsync(study, item, cancellation), cancellation);
    }

    /// <param name="item">Only facts of this one; null for all.</param>
    /// <param name="from">The number of the first fact on the page.</param>
    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, JOURNAL-AWAY.</exception>
    public Task<FactPage> FactsAsync(
        StudyId study, string? item, int from, int most, CancellationToken cancellation)
    {
        studies.DossierOf(study);
        return InTurnAsync(async () =>
        {
            var facts = await folder.Records.FactsAsync(study, cancellation);
            if (facts.Count == 0) throw ApiRefusalException.UnknownStudy;
            int room = Math.Clamp(most, 1, MostFacts);
            // Only those on the page have their times looked up in the store.
            var told = facts.Where(fact => FactViews.Of(fact, _ => null) is { } view && (item is null
                || view.Item == item)).ToList();
            return new FactPage([.. told.Skip(from).Take(room).Select(fact =>
                FactViews.Of(fact, key => folder.Store.ReadResult(key)?.Seconds)!)], told.Count,
                from + room < told.Count ? from + room : null);
        }, cancellation);
    }

    /// <exception cref="RefusalException">The protocol, a file or the class is not usable.</exception>
    /// <exception cref="StudyFailedException">HASH-MISMATCH: a person has to decide about the study.</exception>
    /// <exception cref="ApiRefusalException">REQUEST-MALFORMED, STUDY-UNKNOWN, JOURNAL-AWAY.</exception>
    public async Task<PlanReport> PlanAsync(PlanRequest request, CancellationToken cancellation)
    {
        RequireSound(request.Workers);
        using var wanted = request switch
        {
            { Study: { } study, Submission: null } => await InTurnAsync(
                () => OfStudyAsync(new StudyId(study), request.Protocol, cancellation), cancellation),
            { Study: null, Protocol: null, Submission: { } submission } =>
                await OfSubmissionAsync(submission, cancellation),
            _ => throw RequestRefusals.Malformed("a plan of neither a `study` nor a `submission`, or of both"),
        };
        int workers = request.Workers ?? await WorkersAsync(wanted.Study.NumericClass, cancellation);
        return await InTurnAsync(() => new StudyPlanner(folder).RunAsync(
            wanted.Study, wanted.Last, workers, rehearseOn: null, cancellation), cancellation);
    }

    /// <exception cref="RefusalException">The protocol is not usable.</exception>
    /// <exception cref="ApiRefusalException">COHORT-UNKNOWN, JOURNAL-AWAY, or nobody answers.</exception>
    public async Task<CohortPlanReport> PlanCohortAsync(
        string name, JsonElement protocol, int? workers, CancellationToken cancellation)
    {
        RequireSound(workers);
        var document = Canonical(protocol);
        var cohort = await cohorts.ProgressAsync(name, cancellation);
        int many = workers ?? await WorkersAsync(cohort.NumericClass, cancellation);
        return await InTurnAsync(() => new CohortPlanner(folder, cohorts.Folder).RunAsync(name, cohort, document,
            cohorts.PagesAsync(cohort.Cohort, CohortPlanner.PageSize, cancellation), many, cancellation), cancellation);
    }

    public void Dispose() => _planners.Dispose();

    private async Task<Wanted> OfStudyAsync(
        StudyId study, JsonElement? protocol, CancellationToken cancellation)
    {
        var dossier = studies.DossierOf(study);
        var record = await folder.Records.ReadAsync(study, cancellation);
        if (!record.Exists) throw ApiRefusalException.UnknownStudy;
        var document = protocol is { } given ? Canonical(given) : record.Study.ProtocolDocument;
        var wanted = new WantedStudy(record.Study.Source, document, record.Study.NumericClass, dossier);
        // Under that protocol it may have been mapped already, to a place of its own.
        return new Wanted(wanted with { Dossier = folder.Dossiers.Find(wanted.Study) ?? dossier },
            new LastRun(study, dossier, record));
    }

    private async Task<Wanted> OfSubmissionAsync(
        StudyRequest request, CancellationToken cancellation)
    {
        var protocol = ProtocolJson.Read(request.Protocol.GetRawText());
        var numericClass = request.NumericClass ?? settings.NumericClass ?? await cluster.OnlyClassAsync(cancellation);
        if (request.NumericClass is { } named && named != settings.NumericClass)
            await cluster.RequireKnownClassAsync(named, cancellation);
        return await InTurnAsync(async () =>
        {
            var taken = SubmittedFiles.DicomOf(request) is { } objects ? folder.Inputs.Look(objects) : null;
            try
            {
                var dossier = taken?.Dossier(request.Mask, request.Output, request.Name)
                    ?? SubmittedFiles.Require(request);
                var wanted = WantedStudy.Of(dossier, protocol, numericClass);
                new Destination(dossier).RequireFreeFor(wanted.Source.Image);
                return new Wanted(wanted, await LastRun.OfAsync(folder, dossier.Image, cancellation), taken);
            }
            catch
            {
                taken?.Dispose();
                throw;
            }
        }, cancellation);
    }

    /// <param name="Taken">Holds the study's files for so long as the plan needs them; null where they stay.</param>
    private sealed record Wanted(WantedStudy Study, LastRun? Last, TakenSeries? Taken = null) : IDisposable
    {
        public void Dispose() => Taken?.Dispose();
    }

    private async Task<int> WorkersAsync(string numericClass, CancellationToken cancellation)
    {
        var work = await cluster.WorkAsync(cancellation);
        return Math.Max(1, work.Workers.Count(worker => worker.NumericClass == numericClass));
    }

    private static string Canonical(JsonElement protocol) =>
        ProtocolJson.Write(ProtocolJson.Read(protocol.GetRawText()));

    private static void RequireSound(int? workers)
    {
        if (workers is < 1 or > MostWorkers)
            throw RequestRefusals.Malformed($"`workers` that are no number from 1 to {MostWorkers}");
    }

    /// <summary>What the journal cannot tell now is the server's trouble and not the caller's.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _planners.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        catch (RefusalException refusal) when (
            refusal.Code is "JOURNAL-UNREADABLE" or "STUDY-UNKNOWN" or "ITEM-UNKNOWN")
        {
            throw refusal.Code switch
            {
                "STUDY-UNKNOWN" => ApiRefusalException.UnknownStudy,
                "ITEM-UNKNOWN" => ApiRefusalException.UnknownItem,
                _ => ApiRefusalException.JournalAway,
            };
        }
        finally
        {
            _planners.Release();
        }
    }
}
