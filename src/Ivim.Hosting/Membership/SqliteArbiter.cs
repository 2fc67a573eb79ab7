using Microsoft.Data.Sqlite;

namespace Ivim.Hosting.Membership;

/// <summary>A table in the journal's SQLite file; for seeds that share one machine's disk.</summary>
public sealed class SqliteArbiter(string path) : IArbiter
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = path, DefaultTimeout = 5,
    }.ConnectionString;

    public Task<string> WinnerOf(string ballot, string side, CancellationToken cancellation) =>
        Task.Run(() => Ask(ballot, side), cancellation);

    private string Ask(string ballot, string side)
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = ArbiterTable.Create;
            command.ExecuteNonQuery();
            command.CommandText = ArbiterTable.Insert;
            command.Parameters.AddWithValue("@ballot", ballot);
            command.Parameters.AddWithValue("@side", side);
            command.ExecuteNonQuery();
            command.CommandText = ArbiterTable.Read;
            return (string)command.ExecuteScalar()!;
        }
        catch (SqliteException e)
        {
            throw new ArbiterAwayException(e);
        }
    }
}
