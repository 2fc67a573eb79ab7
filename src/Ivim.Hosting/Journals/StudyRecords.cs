using System.Data.Common;
using System.Net.Sockets;
using Ivim.Actors.Wire;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Physics;

namespace Ivim.Hosting.Journals;

/// <summary>What a journal tells of studies, read beside the actors and without them; nothing is written.</summary>
/// <param name="connect">Null where there is no journal, which then knows no study.</param>
public sealed class StudyRecords(Func<DbConnection>? connect)
{
    private const string StudyPrefix = "study-", MapsPrefix = "aggregate-";

    private const string Events = "SELECT manifest, message FROM journal WHERE persistence_id = @id "
        + "AND identifier = @serializer ORDER BY sequence_number";

    private const string Names = "SELECT DISTINCT persistence_id FROM journal WHERE persistence_id LIKE @like";

    /// <summary>A study and its maps, each as its events tell it; unborn where the journal knows nothing.</summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public Task<StudyRecord> ReadAsync(StudyId study, CancellationToken cancellation) => AskAsync(
        new StudyRecord(StudyState.Unborn, AggregateState.Unborn),
        async connection => new StudyRecord(
            (await EventsAsync(connection, StudyPrefix + study, cancellation)).Cast<StudyEvent>()
                .Aggregate(StudyState.Unborn, (state, fact) => state.Apply(fact)),
            (await EventsAsync(connection, MapsPrefix + study, cancellation)).Cast<AggregateEvent>()
                .Aggregate(AggregateState.Unborn, (state, fact) => state.Apply(fact))),
        cancellation);

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

    private static async Task<List<object>> EventsAsync(
        DbConnection connection, string id, CancellationToken cancellation)
    {
        await using var select = connection.Asking(
            Events, ("id", id), ("serializer", IvimSerializer.PermanentIdentifier));
        await using var row = await select.ExecuteReaderAsync(cancellation);
        var events = new List<object>();
        while (await row.ReadAsync(cancellation))
            events.Add(WireTable.For(row.GetString(0)).Read((byte[])row.GetValue(1)));
        return events;
    }

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
    public bool Exists => Study.Exists;
}
