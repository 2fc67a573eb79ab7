using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Ivim.Hosting.Api;
using Microsoft.Data.Sqlite;

namespace Ivim.Hosting.Tests.Api;

public sealed class HealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>A foreign transaction that stays open keeps every writer of a SQLite file waiting.</remarks>
    [Fact]
    public async Task A_journal_that_hangs_is_said_to_be_away_within_seconds_while_the_process_lives()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        var request = SmallStudy.Write(_folder["scan"]);
        using (var holder = new SqliteConnection($"Data Source={served.Journal}"))
        {
            holder.Open();
            Execute(holder, "begin immediate");
            var watch = Stopwatch.StartNew();
            var refused = await served.SubmitAsync(request);
            Assert.Equal("JOURNAL-AWAY", await ServedStudies.CodeAsync(refused));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            // Two seconds for the study to answer, three for the journal; the rest is for a busy machine.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), watch.Elapsed.ToString());
            var ready = await served.Client.GetAsync("/healthz/ready");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            var readiness = await ready.Content.ReadFromJsonAsync<ReadinessView>();
            Assert.Equal(new ReadinessView(Ready: false, Cluster: true, Queue: true, Journal: false), readiness);
            Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync("/healthz/live")).StatusCode);
            Execute(holder, "rollback");
        }
        await served.AwaitReadyAsync();
        var taken = await served.SubmitAsync(request);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        var study = (await taken.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        await served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
    }

    [Fact]
    public async Task Asking_after_the_journal_leaves_nothing_in_it()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], []);
        await served.AwaitReadyAsync();
        using var journal = new SqliteConnection($"Data Source={served.Journal}");
        journal.Open();
        using var count = journal.CreateCommand();
        count.CommandText = "select count(*) from journal where persistence_id like 'ivim-%'";
        Assert.Equal(0L, count.ExecuteScalar());
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
