using System.Net.Sockets;
using Ivim.Hosting.Membership;
using Ivim.Physics;
using Npgsql;

namespace Ivim.Hosting.Journals;

/// <summary>A journal that seeds of several machines share: a PostgreSQL database.</summary>
/// <remarks>
/// The times make a database that hangs or restarts an interruption: a statement is given up before the plugin's
/// circuit breaker gives the call up, and both before the entity that waits for it is missed.
/// </remarks>
public sealed class PostgresJournal : IJournal
{
    private const int ConnectSeconds = 3, CommandSeconds = 5, CancelMilliseconds = 1000, KeepAliveSeconds = 10;
    private const int PoolSize = 20;
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(8);

    private readonly string _connection;

    /// <param name="connection">Server, user, password and database; the times are set here.</param>
    public PostgresJournal(NpgsqlConnectionStringBuilder connection)
    {
        if (!connection.ContainsKey("Maximum Pool Size")) connection.MaxPoolSize = PoolSize;
        connection.Timeout = ConnectSeconds;
        connection.CommandTimeout = CommandSeconds;
        connection.CancellationTimeout = CancelMilliseconds;
        connection.KeepAlive = KeepAliveSeconds;
        connection.ApplicationName = "ivim";
        _connection = connection.ConnectionString;
    }

    public string Kind => "postgresql";

    public string Hocon => SqlPlugins.Hocon(_connection, "PostgreSQL.15", CallTime);

    public IArbiter Arbiter => new PostgresArbiter(_connection);

    public ClusterRegister Register => new(() => new NpgsqlConnection(_connection));

    public StudyRecords Records => new(() => new NpgsqlConnection(_connection));

    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await SelectAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or SocketException or IOException)
        {
            return false;
        }
    }

    public async Task<bool> TryOpenAsync(CancellationToken cancellation)
    {
        try
        {
            if (await SelectAsync(cancellation)) return true;
            throw new RefusalException("JOURNAL-DENIED", "a database in whose schema this user may not make tables",
                "the right to make them: the journal's tables are made at the first start",
                "GRANT CREATE ON SCHEMA public, or whichever stands first in the search path, to the user");
        }
        catch (PostgresException e) when (IsRefusal(e.SqlState))
        {
            throw new RefusalException("JOURNAL-DENIED", $"a database that refuses this user (SQLSTATE {e.SqlState})",
                "a database, a user and a password that go together",
                "correct the journal's address, or make the database", e);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>Wrong password or role, no such database, no right to it. All else can pass by itself.</summary>
    private static bool IsRefusal(string state) => state is "28000" or "28P01" or "3D000" or "42501";

    /// <returns>Whether this user may make tables; PostgreSQL asks for the right even where they exist.</returns>
    private async Task<bool> SelectAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "select coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)", connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
