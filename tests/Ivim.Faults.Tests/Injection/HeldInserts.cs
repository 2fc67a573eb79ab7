using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Machine;
using Npgsql;

namespace Ivim.Faults.Tests.Injection;

/// <summary>A trigger holds each transaction that has inserted a row into a table, until this lets go.</summary>
internal sealed class HeldInserts : IAsyncDisposable
{
    private const string Lock = "4711";

    private readonly NpgsqlConnection _connection;
    private readonly string _table;

    private HeldInserts(NpgsqlConnection connection, string table) => (_connection, _table) = (connection, table);

    public static async Task<HeldInserts> MakeAsync(PostgresServer server, string table)
    {
        var held = new HeldInserts(new NpgsqlConnection(server.ConnectionString), table);
        await held._connection.OpenAsync();
        await held.AskAsync($"""
            select pg_advisory_lock({Lock});
            create function wait_for_the_test() returns trigger language plpgsql as
            'begin perform pg_advisory_xact_lock_shared({Lock}); return null; end';
            create trigger held_inserts after insert on {table} for each row execute function wait_for_the_test();
            """);
        return held;
    }

    /// <summary>Whether some transaction has inserted a row and cannot end.</summary>
    public async Task<bool> HoldsOneAsync() =>
        await AskAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted") is > 0L;

    /// <summary>Lets go, and waits for the transactions that were under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await AskAsync($"select pg_advisory_unlock({Lock})");
        await Until.TrueAsync(async () => !await HoldsOneAsync(), Until.Hang, "no transaction waits");
        await AskAsync($"drop trigger held_inserts on {_table}; drop function wait_for_the_test()");
        await _connection.DisposeAsync();
    }

    private async Task<object?> AskAsync(string statement)
    {
#pragma warning disable CA2100 // statements of this file, with the name of a table of ours
        await using var command = new NpgsqlCommand(statement, _connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
