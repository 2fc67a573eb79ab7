using Npgsql;

namespace Ivim.Hosting.Membership;

/// <summary>A table in the journal's PostgreSQL database.</summary>
/// <param name="connection">An Npgsql connection string; its waiting times are cut to a few seconds.</param>
public sealed class PostgresArbiter(string connection) : IArbiter
{
    private readonly string _connection = new NpgsqlConnectionStringBuilder(connection)
    {
        Timeout = 5, CommandTimeout = 5, Pooling = false,
    }.ConnectionString;

    public async Task<string> WinnerOf(string ballot, string side, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(cancellation);
            await MakeTable(connection, cancellation);
            await using var insert = new NpgsqlCommand(ArbiterTable.Insert, connection);
            insert.Parameters.AddWithValue("ballot", ballot);
            insert.Parameters.AddWithValue("side", side);
            await insert.ExecuteNonQueryAsync(cancellation);
            await using var read = new NpgsqlCommand(ArbiterTable.Read, connection);
            read.Parameters.AddWithValue("ballot", ballot);
            return (string)(await read.ExecuteScalarAsync(cancellation))!;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new ArbiterAwayException(e);
        }
    }

    /// <summary>
    /// Of two that make it at the same moment one is told that it exists, or its row type or its row in the catalogue:
    /// as good.
    /// </summary>
    private static async Task MakeTable(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await using var create = new NpgsqlCommand(ArbiterTable.Create, connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState
            is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateObject)
        {
        }
    }
}
