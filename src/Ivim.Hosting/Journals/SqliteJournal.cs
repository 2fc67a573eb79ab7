using Ivim.Hosting.Membership;
using Ivim.Physics;
using Microsoft.Data.Sqlite;

namespace Ivim.Hosting.Journals;

/// <summary>The journal of one machine: a SQLite file in write-ahead mode, shared by that machine's seeds.</summary>
/// <remarks>Not for a network share: SQLite's locks do not hold there.</remarks>
public sealed class SqliteJournal(string path) : IJournal
{
    private const int Busy = 5, Locked = 6;
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(40);

    /// <summary>Another seed of this machine may hold the file: that long is waited for it.</summary>
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = path, DefaultTimeout = 30,
    }.ConnectionString;

    public string Kind => "sqlite";

    public string Hocon => SqlPlugins.Hocon(_connection, "SQLite.MS", CallTime);

    public IArbiter Arbiter { get; } = new SqliteArbiter(path);

    public ClusterRegister Register => new(() => new SqliteConnection(_connection));

    public StudyRecords Records => new(File.Exists(path) ? ToLook : null);

    public Task<bool> AnswersAsync(CancellationToken cancellation) => Task.Run(() =>
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA schema_version";
            command.ExecuteScalar();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }, cancellation);

    public Task<bool> TryOpenAsync(CancellationToken cancellation) => Task.Run(() =>
    {
        try
        {
            Initialise();
            return true;
        }
        catch (RefusalException e) when (e.InnerException is SqliteException { SqliteErrorCode: Busy or Locked })
        {
            return false;
        }
    }, cancellation);

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

    /// <summary>
    /// Without a pool, and where no process has the file open without the files that SQLite makes beside it: nothing
    /// is left behind.
    /// </summary>
    private SqliteConnection ToLook()
    {
        var log = new FileInfo(path + "-wal");
        bool isAtRest = !log.Exists || log.Length == 0;
        return new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isAtRest ? new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1" : path,
            Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30, Pooling = false,
        }.ConnectionString);
    }

    private static RefusalException Unreadable(string found, Exception? cause) => new("JOURNAL-UNREADABLE", found,
        "the journal of an earlier run, or none",
        "delete journal.db in the work folder: what was computed is found again by its keys", cause);
}
