using Ivim.Hosting.Journals;
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
            await connection.MakeTableAsync(ArbiterTable.Create, cancellation);
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
}
