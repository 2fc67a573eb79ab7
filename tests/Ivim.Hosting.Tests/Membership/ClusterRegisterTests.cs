using Ivim.Hosting.Journals;
using Ivim.Hosting.Membership;
using Npgsql;

namespace Ivim.Hosting.Tests.Membership;

public sealed class ClusterRegisterTests
{
    [Fact]
    public async Task One_of_several_founds_a_cluster_in_sqlite()
    {
        using var folder = new TemporaryFolder();
        await AssertKeepsOne(new SqliteJournal(folder["journal.db"]), new SqliteJournal(folder["journal.db"]));
    }

    [Fact]
    public async Task A_sqlite_file_that_cannot_be_opened_says_nothing()
    {
        using var folder = new TemporaryFolder();
        await Assert.ThrowsAsync<RegisterAwayException>(
            () => new SqliteJournal(folder["no/such/folder.db"]).Register.ReadAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task One_of_several_founds_a_cluster_in_postgresql_and_none_while_it_is_away()
    {
        Skip.IfNot(PostgresServer.IsInstalled, "PostgreSQL 15 is not installed here, or this is not root");
        using var server = new PostgresServer();
        IJournal Journal() => new PostgresJournal(new NpgsqlConnectionStringBuilder(server.Connection));
        await AssertKeepsOne(Journal(), Journal());
        server.Stop();
        await Assert.ThrowsAsync<RegisterAwayException>(() => Journal().Register.ReadAsync(CancellationToken.None));
    }

    private static async Task AssertKeepsOne(IJournal one, IJournal other)
    {
        var none = CancellationToken.None;
        ClusterRegister[] registers = [one.Register, other.Register];
        RegisteredCluster? seen = null;
        foreach (int round in Enumerable.Range(0, 5))
        {
            var won = await Task.WhenAll(registers.Select(
                (register, side) => register.ReplaceAsync(seen, $"{round}-{side}", none)));
            Assert.Single(won, founded => founded);
            var now = await registers[0].ReadAsync(none);
            Assert.Equal(new RegisteredCluster($"{round}-{Array.IndexOf(won, true)}", 0), now);
            if (seen is not null) Assert.False(await registers[1].BeatAsync(seen.Cluster, none));
            // Whoever saw it before the beat must not replace it.
            Assert.True(await registers[1].BeatAsync(now!.Cluster, none));
            Assert.False(await registers[0].ReplaceAsync(now, "late", none));
            seen = await registers[1].ReadAsync(none);
            Assert.Equal(now with { Beat = 1 }, seen);
        }
    }
}
