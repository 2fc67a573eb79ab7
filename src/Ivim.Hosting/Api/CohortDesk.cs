using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Submissions;
using Ivim.Physics;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>Takes cohorts in, tells how they stand, and passes orders on: the API apart from HTTP.</summary>
internal sealed class CohortDesk(CohortRegion region, StudyTalk talk, ClusterDesk cluster, CohortFolder cohorts,
    ApiSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>Checks of whole manifests one after the other: they read much at once.</summary>
    private readonly SemaphoreSlim _writer = new(1);

    public CohortFolder Folder => cohorts;

    /// <returns>How the cohort stands with its new entries, and whether it is new itself.</returns>
    /// <exception cref="RefusalException">The protocol, the manifest or the class is not usable.</exception>
    /// <exception cref="ApiRefusalException">COHORT-DIFFERS, or nobody answers.</exception>
    public async Task<(CohortView View, bool IsNew)> SubmitAsync(
        CohortRequest request, CancellationToken cancellation)
    {
        CohortCheck.RequireName(request.Name);
        RequireLimit(request.Limit ?? 0);
        var id = CohortId.Of(request.Name);
        var document = ProtocolJson.Write(ProtocolJson.Read(request.Protocol.GetRawText()));
        var manifest = new CohortManifest(request.Name, request.Root, request.Output, request.Entries);
        await _writer.WaitAsync(cancellation);
        try
        {
            var before = await ProgressAsync(id, cancellation);
            var entries = await Task.Run(() => Check(id, manifest, document), cancellation);
            if (before.Version > 0 && before.ProtocolDocument != document) throw ApiRefusalException.CohortDiffers;
            var numericClass = await ClassAsync(request, before, cancellation);
            await Task.Run(() => cohorts.Save(id, manifest), cancellation);
            // The limit holds before there is anything to admit.
            var parts = entries.Chunk(CohortCommand.MostEntries).Prepend([]);
            foreach (var part in parts)
            {
                await TellAsync(new CohortCommand.Submit(id, document, numericClass, [.. part], clock.GetUtcNow()),
                    cancellation);
                if (part.Length == 0 && request.Limit is { } limit)
                    await TellAsync(new CohortCommand.SetLimit(id, limit, clock.GetUtcNow()), cancellation);
            }
            return (await ViewAsync(request.Name, cancellation), before.Version == 0);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <exception cref="ApiRefusalException">COHORT-UNKNOWN, or nobody answers.</exception>
    public async Task<CohortView> ViewAsync(string name, CancellationToken cancellation) =>
        CohortViews.Of(name, await ProgressAsync(name, cancellation));

    /// <exception cref="ApiRefusalException">COHORT-UNKNOWN, or nobody answers.</exception>
    public async Task<CohortProgress> ProgressAsync(string name, CancellationToken cancellation)
    {
        var progress = await ProgressAsync(Known(name), cancellation);
        return progress.Version > 0 ? progress : throw ApiRefusalException.UnknownCohort;
    }

    /// <summary>Every entry, page after page.</summary>
    public async IAsyncEnumerable<ImmutableArray<CohortEntryState>> PagesAsync(
        CohortId id, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int from = 0; from >= 0;)
        {
            var page = await talk.AskAsync<CohortReply.Page>(region.Cohorts,
                new CohortQuery.Entries(id, "", CohortEntryPhase.Unknown, from, most), cancellation);
            yield return page.Entries;
            from = page.Next;
        }
    }

    /// <summary>One that does not answer is marked as silent.</summary>
    public async Task<CohortList> ListAsync(CancellationToken cancellation)
    {
        var views = await Task.WhenAll(cohorts.Cohorts().Select(async id =>
        {
            if (cohorts.Find(id) is not { } place) return null;
            try
            {
                var progress = await ProgressAsync(id, cancellation);
                return progress.Version > 0 ? CohortViews.Of(place.Name, progress) : null;
            }
            catch (ApiRefusalException silent) when (silent.Status == StatusCodes.Status503ServiceUnavailable)
            {
                return CohortViews.Silent(place.Name, id, silent);
            }
        }));
        return new CohortList([.. views.OfType<CohortView>().OrderBy(view => view.Name, StringComparer.Ordinal)]);
    }

    /// <exception cref="ApiRefusalException">COHORT-UNKNOWN, or nobody answers.</exception>
    /// <exception cref="RefusalException">ENTRY-PHASE.</exception>
    public async Task<EntryPage> EntriesAsync(
        string name, string? centre, string? phase, int from, int most, CancellationToken cancellation)
    {
        var wanted = string.IsNullOrEmpty(phase) ? CohortEntryPhase.Unknown : CohortViews.PhaseOf(phase)
            ?? throw new RefusalException("ENTRY-PHASE", "a phase that no entry has",
                "waiting, running, stopping, published, failed, cancelled or refused", "correct `phase`");
        var query = new CohortQuery.Entries(Known(name), centre ?? "", wanted, from, most);
        return CohortViews.Of(await talk.AskAsync<CohortReply.Page>(region.Cohorts, query, cancellation));
    }

    public Task<CohortView> PauseAsync(string name, CancellationToken cancellation) =>
        OrderAsync(name, id => new CohortCommand.Pause(id, clock.GetUtcNow()), cancellation);

    public Task<CohortView> ResumeAsync(string name, CancellationToken cancellation) =>
        OrderAsync(name, id => new CohortCommand.Resume(id, clock.GetUtcNow()), cancellation);

    /// <param name="limit">So many entries may run at a time; 0: as many as suit the workers.</param>
    /// <exception cref="RefusalException">COHORT-LIMIT.</exception>
    public Task<CohortView> SetLimitAsync(string name, int limit, CancellationToken cancellation)
    {
        RequireLimit(limit);
        return OrderAsync(name, id => new CohortCommand.SetLimit(id, limit, clock.GetUtcNow()), cancellation);
    }

    /// <param name="entry">A pseudonym; null for all.</param>
    public Task<CohortView> CancelAsync(string name, string? entry, CancellationToken cancellation) =>
        OrderAsync(name, id => new CohortCommand.Cancel(id, entry ?? "", clock.GetUtcNow()), cancellation);

    /// <param name="entry">A pseudonym; null for all that failed or were refused.</param>
    public Task<CohortView> RetryAsync(
        string name, string? entry, bool withCancelled, CancellationToken cancellation) => OrderAsync(name,
        id => new CohortCommand.Retry(id, entry ?? "", withCancelled, clock.GetUtcNow()), cancellation);

    /// <exception cref="RefusalException">The protocol is not usable.</exception>
    public Task<CohortView> ChangeProtocolAsync(string name, JsonElement protocol, CancellationToken cancellation)
    {
        var document = ProtocolJson.Write(ProtocolJson.Read(protocol.GetRawText()));
        return OrderAsync(name, id => new CohortCommand.ChangeProtocol(id, document, clock.GetUtcNow()), cancellation);
    }

    /// <summary>The canonical document in force; empty of a cohort that does not exist.</summary>
    public async Task<string> ProtocolOfAsync(CohortId cohort, CancellationToken cancellation) =>
        (await ProgressAsync(cohort, cancellation)).ProtocolDocument;

    public void Dispose() => _writer.Dispose();

    private static void RequireLimit(int limit)
    {
        if (limit is < 0 or > CohortCommand.MostAtATime)
            throw new RefusalException("COHORT-LIMIT", "a limit that no cohort can have",
                $"1 to {CohortCommand.MostAtATime}, or 0 for as many as suit the workers", "correct it");
    }

    private async Task<CohortView> OrderAsync(
        string name, Func<CohortId, CohortCommand> order, CancellationToken cancellation)
    {
        await ViewAsync(name, cancellation);
        await TellAsync(order(Known(name)), cancellation);
        return await ViewAsync(name, cancellation);
    }

    private async Task TellAsync(CohortCommand command, CancellationToken cancellation)
    {
        if (await talk.AskAsync<CohortReply>(region.Cohorts, command, cancellation) is not CohortReply.Rejected no)
            return;
        throw no.Code switch
        {
            "COHORT-DIFFERS" => ApiRefusalException.CohortDiffers,
            "ENTRY-UNKNOWN" => ApiRefusalException.UnknownEntry,
            _ => new InvalidOperationException(no.Reason),
        };
    }

    private async Task<string> ClassAsync(
        CohortRequest request, CohortProgress before, CancellationToken cancellation)
    {
        if (before.Version > 0) return request.NumericClass ?? before.NumericClass;
        if (request.NumericClass is { } named && named != settings.NumericClass)
            await cluster.RequireKnownClassAsync(named, cancellation);
        return request.NumericClass ?? settings.NumericClass ?? await cluster.OnlyClassAsync(cancellation);
    }

    private IReadOnlyList<CohortEntry> Check(CohortId id, CohortManifest manifest, string document)
    {
        if (cohorts.Find(id) is { } known && (known.Root, known.Output) != (manifest.Root, manifest.Output))
            throw ApiRefusalException.CohortDiffers;
        return CohortCheck.Require(manifest, document, cohorts.PseudonymsOf(id));
    }

    private CohortId Known(string name)
    {
        var id = CohortId.Of(name);
        return CohortCheck.IsName(name) && cohorts.Find(id) is not null ? id
            : throw ApiRefusalException.UnknownCohort;
    }

    private Task<CohortProgress> ProgressAsync(CohortId id, CancellationToken cancellation) =>
        talk.AskAsync<CohortProgress>(region.Cohorts, new CohortQuery.Progress(id), cancellation);
}
