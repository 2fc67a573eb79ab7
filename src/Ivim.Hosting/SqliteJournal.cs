using Ivim.Physics;
using Microsoft.Data.Sqlite;

namespace Ivim.Hosting;

/// <summary>The journal of one machine: a SQLite file in write-ahead mode.</summary>
public sealed class SqliteJournal(string path)
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = path, DefaultTimeout = 30,
    }.ConnectionString;

    public string Hocon => $$"""
        akka.persistence {
          journal.plugin = "akka.persistence.journal.sql"
          journal.sql {
            class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
            plugin-dispatcher = "akka.persistence.dispatchers.default-plugin-dispatcher"
            connection-string = "{{Quoted(_connection)}}"
            provider-name = "SQLite.MS"
            auto-initialize = on
          }
          query.journal.sql {
            class = "Akka.Persistence.Sql.Query.SqlReadJournalProvider, Akka.Persistence.Sql"
            connection-string = "{{Quoted(_connection)}}"
            provider-name = "SQLite.MS"
          }
          snapshot-store.plugin = "akka.persistence.snapshot-store.sql"
          snapshot-store.sql {
            class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
            plugin-dispatcher = "akka.persistence.dispatchers.default-plugin-dispatcher"
            connection-string = "{{Quoted(_connection)}}"
            provider-name = "SQLite.MS"
            auto-initialize = on
          }
        }
        """;

    /// <summary>Makes the file where it does not exist; write-ahead mode stays with the file.</summary>
    /// <exception cref="RefusalException">JOURNAL-UNREADABLE.</exception>
    public void Initialise()
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA quick_check(1)";
            if (command.ExecuteScalar() as string != "ok") throw Unreadable("pages that SQLite finds damaged", null);
        }
        catch (SqliteException e)
        {
            throw Unreadable($"a file that SQLite refuses (code {e.SqliteErrorCode})", e);
        }
    }

    private static RefusalException Unreadable(string found, Exception? cause) => new("JOURNAL-UNREADABLE", found,
        "the journal of an earlier run, or none",
        "delete journal.db in the work folder: what was computed is found again by its keys", cause);

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
