using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Ivim.Actors.Wire;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Hosting.Journals;

/// <summary>What a journal tells of studies, read beside the actors and without them; nothing is written.</summary>
/// <param name="connect">Null where there is no journal, which then knows no study.</param>
public sealed class StudyRecords(Func<DbConnection>? connect)
{
    private static readonly Dictionary<StudyId, StudyRecord> NoRecords = [];
    private static readonly Dictionary<StudyId, StudyEvent.Submitted> NoSubmissions = [];

    private const string StudyPrefix = "study-", MapsPrefix = "aggregate-";

    private const string Events = "SELECT persistence_id, manifest, message FROM journal "
        + "WHERE identifier = @serializer AND persistence_id IN ";

    private const string First = " AND sequence_number = 1", InOrder = " ORDER BY persistence_id, sequence_number";

    /// <summary>`created` is in ticks of UTC, and `ordering` is one over all owners.</summary>
    private const string Dated = "SELECT created, manifest, message FROM journal WHERE identifier = @serializer "
        + "AND persistence_id IN (@study, @maps) ORDER BY ordering";

    private const string Names = "SELECT DISTINCT persistence_id FROM journal WHERE persistence_id LIKE @like";

    /// <summary>A study and its maps, each as its events tell it; unborn where the journal knows nothing.</summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public async Task<StudyRecord> ReadAsync(StudyId study, CancellationToken cancellation) =>
        (await ReadAsync([study], cancellation)).GetValueOrDefault(study, StudyRecord.Unborn);

    /// <summary>The same of a page of studies in one look; without those that the journal does not know.</summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public Task<IReadOnlyDictionary<StudyId, StudyRecord>> ReadAsync(
        IReadOnlyCollection<StudyId> studies, CancellationToken cancellation) =>
        AskAsync<IReadOnlyDictionary<StudyId, StudyRecord>>(NoRecords, async connection =>
        {
            var found = new Dictionary<StudyId, StudyRecord>();
            string[] ids = [.. studies.SelectMany(study => new[] { StudyPrefix + study, MapsPrefix + study })];
            await foreach (var (id, fact) in EventsAsync(connection, ids, "", cancellation))
            {
                var study = StudyOf(id);
                var record = found.GetValueOrDefault(study, StudyRecord.Unborn);
                found[study] = fact is StudyEvent happened ? record with { Study = record.Study.Apply(happened) }
                    : record with { Maps = record.Maps.Apply((AggregateEvent)fact) };
            }
            return found;
        }, cancellation);

    /// <summary>
    /// How each of a page of studies was submitted first, in one look; without those that the journal does not know.
    /// </summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public Task<IReadOnlyDictionary<StudyId, StudyEvent.Submitted>> SubmissionsAsync(
        IReadOnlyCollection<StudyId> studies, CancellationToken cancellation) =>
        AskAsync<IReadOnlyDictionary<StudyId, StudyEvent.Submitted>>(NoSubmissions, async connection =>
        {
            var found = new Dictionary<StudyId, StudyEvent.Submitted>();
            string[] ids = [.. studies.Select(study => StudyPrefix + study)];
            await foreach (var (id, fact) in EventsAsync(connection, ids, First, cancellation))
                if (fact is StudyEvent.Submitted submitted) found[StudyOf(id)] = submitted;
            return found;
        }, cancellation);

    /// <summary>
    /// What happened to a study and its maps, in the order of the journal; nothing of one that it does not know.
    /// </summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public Task<IReadOnlyList<DatedFact>> FactsAsync(StudyId study, CancellationToken cancellation) =>
        AskAsync<IReadOnlyList<DatedFact>>([], async connection =>
        {
            var facts = new List<DatedFact>();
            await using var select = connection.Asking(Dated, ("serializer", IvimSerializer.PermanentIdentifier),
                ("study", StudyPrefix + study), ("maps", MapsPrefix + study));
            await using var row = await select.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                facts.Add(new DatedFact(new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
                    WireTable.For(row.GetString(1)).Read((byte[])row.GetValue(2))));
            return facts;
        }, cancellation);

    /// <summary>Every study that the journal knows.</summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public Task<IReadOnlyList<StudyId>> StudiesAsync(CancellationToken cancellation) =>
        AskAsync<IReadOnlyList<StudyId>>([], async connection =>
        {
            await using var select = connection.Asking(Names, ("like", StudyPrefix + "%"));
            await using var row = await select.ExecuteReaderAsync(cancellation);
            var names = new List<string>();
            while (await row.ReadAsync(cancellation)) names.Add(row.GetString(0)[StudyPrefix.Length..]);
            return [.. names.Order(StringComparer.Ordinal).Select(name => new StudyId(name))];
        }, cancellation);

    private static async IAsyncEnumerable<(string Id, object Fact)> EventsAsync(DbConnection connection,
        string[] ids, string only, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (ids.Length == 0) yield break;
        var places = string.Join(", ", ids.Select((_, at) => $"@id{at}"));
        await using var select = connection.Asking($"{Events}({places}){only}{InOrder}",
            [("serializer", IvimSerializer.PermanentIdentifier), .. ids.Select((id, at) => ($"id{at}", (object)id))]);
        await using var row = await select.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            yield return (row.GetString(0), WireTable.For(row.GetString(1)).Read((byte[])row.GetValue(2)));
    }

    private static StudyId StudyOf(string id) => new(id[(id.StartsWith(StudyPrefix, StringComparison.Ordinal)
        ? StudyPrefix : MapsPrefix).Length..]);

    private Task<T> AskAsync<T>(T ofNoJournal, Func<DbConnection, Task<T>> question, CancellationToken cancellation) =>
        connect is null ? Task.FromResult(ofNoJournal) : Task.Run(async () => // SQLite's calls do not return before
        {
            try
            {
                await using var connection = connect();
                await connection.OpenAsync(cancellation);
                return await question(connection);
            }
            catch (Exception e) when (e is DbException or TimeoutException or SocketException or IOException
                or WireException or InvalidCastException or InvalidOperationException)
            {
                throw new RefusalException("JOURNAL-UNREADABLE",
                    "a journal that does not answer, is damaged, or is of another release",
                    "the journal of the studies in this work folder",
                    "see that its database runs, and use the release that wrote it", e);
            }
        }, cancellation);
}

/// <summary>A study and its aggregator at the last event on disk.</summary>
public sealed record StudyRecord(StudyState Study, AggregateState Maps)
{
    public static StudyRecord Unborn { get; } = new(StudyState.Unborn, AggregateState.Unborn);

    public bool Exists => Study.Exists;

    /// <summary>Two results of one key: nobody may go on with either. Null where all is well.</summary>
    public WorkFailure? Quarantine => Study.Quarantine ?? Maps.Quarantine;

    /// <summary>An item with its key; null while an input is missing, or where it has no such item.</summary>
    public WorkItem? ItemOf(ItemName name) => StudyPlan.ItemOf(Study, name)
        ?? (Maps.Phase == StudyPhase.Unknown ? null : AggregatePlan.ItemOf(Maps, name));
}
