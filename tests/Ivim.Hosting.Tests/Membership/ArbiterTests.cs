using Ivim.Hosting.Membership;

namespace Ivim.Hosting.Tests.Membership;

public sealed class ArbiterTests
{
    [Fact]
    public async Task One_side_wins_in_a_sqlite_file()
    {
        using var folder = new TemporaryFolder();
        await AssertDecides(new SqliteArbiter(folder["journal.db"]), new SqliteArbiter(folder["journal.db"]));
    }

    [Fact]
    public async Task A_sqlite_file_that_cannot_be_opened_decides_nothing()
    {
        using var folder = new TemporaryFolder();
        await Assert.ThrowsAsync<ArbiterAwayException>(() =>
            new SqliteArbiter(folder["no/such/folder.db"]).WinnerOf("ballot", "side", CancellationToken.None));
    }

    [SkippableFact]
    public async Task One_side_wins_in_postgresql_and_none_while_it_is_away()
    {
        Skip.IfNot(PostgresServer.IsInstalled, "PostgreSQL 15 is not installed here, or this is not root");
        using var server = new PostgresServer();
        var arbiter = new PostgresArbiter(server.Connection);
        await AssertDecides(arbiter, new PostgresArbiter(server.Connection));
        server.Stop();
        await Assert.ThrowsAsync<ArbiterAwayException>(() =>
            arbiter.WinnerOf("another ballot", "left", CancellationToken.None));
    }

    private static async Task AssertDecides(IArbiter left, IArbiter right)
    {
        foreach (var ballot in Enumerable.Range(0, 8).Select(number => $"ballot {number}"))
        {
            var answers = await Task.WhenAll(left.WinnerOf(ballot, "left", CancellationToken.None),
                right.WinnerOf(ballot, "right", CancellationToken.None));
            Assert.Equal(answers[0], answers[1]);
            Assert.Contains(answers[0], (string[])["left", "right"]);
            Assert.Equal(answers[0], await right.WinnerOf(ballot, "late", CancellationToken.None));
        }
        Assert.Equal("right", await right.WinnerOf("alone", "right", CancellationToken.None));
        Assert.Equal("right", await left.WinnerOf("alone", "left", CancellationToken.None));
    }
}
