using Ivim.Hosting.Journals;
using Ivim.Hosting.Tests.Membership;
using Ivim.Physics;
using Npgsql;

namespace Ivim.Hosting.Tests.Journals;

/// <summary>A journal in a real PostgreSQL server, which these tests start themselves.</summary>
public sealed class JournalDatabaseTests
{
    [SkippableFact]
    public async Task A_database_that_is_away_is_waited_for_and_one_that_is_not_there_is_refused()
    {
        Skip.IfNot(PostgresServer.IsInstalled, "PostgreSQL 15 is not installed, or this user may not start it");
        using var server = new PostgresServer();
        var journal = Journal(server, "postgres");

        Assert.True(await journal.TryOpenAsync(CancellationToken.None));
        Assert.True(await journal.AnswersAsync(CancellationToken.None));
        Assert.Equal("JOURNAL-DENIED", (await Assert.ThrowsAsync<RefusalException>(
            () => Journal(server, "nowhere").TryOpenAsync(CancellationToken.None))).Code);

        server.Stop();
        Assert.False(await journal.TryOpenAsync(CancellationToken.None));
        Assert.False(await journal.AnswersAsync(CancellationToken.None));
    }

    /// <summary>From PostgreSQL 15 on, only the owner of a database may make tables in its public schema.</summary>
    [SkippableFact]
    public async Task A_user_who_may_not_make_tables_is_refused()
    {
        Skip.IfNot(PostgresServer.IsInstalled, "PostgreSQL 15 is not installed, or this user may not start it");
        using var server = new PostgresServer();
        await using var connection = new NpgsqlConnection(server.Connection);
        await connection.OpenAsync();
        await using (var make = new NpgsqlCommand("create role guest login", connection))
            await make.ExecuteNonQueryAsync();
        var journal = Journal(server, "postgres", "guest");

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => journal.TryOpenAsync(CancellationToken.None));
        Assert.Equal("JOURNAL-DENIED", refusal.Code);
        Assert.Contains("GRANT CREATE", refusal.Message, StringComparison.Ordinal);

        await using (var grant = new NpgsqlCommand("grant create on schema public to guest", connection))
            await grant.ExecuteNonQueryAsync();
        Assert.True(await journal.TryOpenAsync(CancellationToken.None));
    }

    private static IJournal Journal(PostgresServer server, string database, string? user = null)
    {
        var at = new NpgsqlConnectionStringBuilder(server.Connection);
        return JournalAddress.Parse($"postgres://{user ?? at.Username}@{at.Host}:{at.Port}/{database}");
    }
}
