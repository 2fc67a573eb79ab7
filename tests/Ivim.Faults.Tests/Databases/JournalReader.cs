using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Ivim.Faults.Tests.Databases;

/// <summary>Reads the tables of Akka.Persistence.Sql as they lie in the database, past all of our code.</summary>
internal static class JournalReader
{
    private const string Events =
        "select persistence_id, sequence_number, identifier, manifest, message from journal order by ordering";

    private const string Snapshots =
        "select persistence_id, sequence_number, serializer_id, manifest, snapshot from snapshot";

    public static async Task<IReadOnlyList<JournalRow>> ReadAsync(PostgresServer server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        return await ReadAsync(connection);
    }

    public static async Task<IReadOnlyList<JournalRow>> ReadSqliteAsync(string file)
    {
        Assert.True(File.Exists(file), $"no journal {file}");
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        }.ConnectionString);
        return await ReadAsync(connection);
    }

    private static async Task<IReadOnlyList<JournalRow>> ReadAsync(DbConnection connection)
    {
        await connection.OpenAsync();
        return
        [
            .. await RowsAsync(connection, "journal", Events),
            .. await RowsAsync(connection, "snapshot", Snapshots),
        ];
    }

    private static async Task<List<JournalRow>> RowsAsync(DbConnection connection, string table, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // one of the two constants above
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new JournalRow(table, reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2),
                await reader.IsDBNullAsync(3) ? "" : reader.GetString(3), (byte[])reader.GetValue(4)));
        }
        return rows;
    }
}
