using System.Net;
using System.Net.Http.Json;
using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;
using Ivim.Hosting.Submissions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Tests.Api;

/// <summary>Studies that cannot be trusted, or not be asked, or not be cancelled.</summary>
public sealed class DoubtedStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_result_after_the_maps_are_out_is_an_alarm_and_no_submission_goes_on()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        var request = SmallStudy.Write(_folder["scan"]);
        var study = await PublishedAsync(served, request);
        var other = new WorkResult([new NamedArtifact("frame", new ArtifactRef(new string('0', 64), 1))], [], false);
        var report = new ItemReport.Finished(new StudyId(study), ItemName.Prepare, KeyOf(served, "prepare"), other);
        Regions(served).Studies.Tell(report);
        var alarmed = await served.AwaitAsync(study, view => view.Alarms.Count > 0);
        Assert.Equal((StudyPhases.Published, "HASH-MISMATCH"), (alarmed.Phase, Assert.Single(alarmed.Alarms).Code));
        var again = await served.SubmitAsync(request);
        Assert.Equal((HttpStatusCode.Conflict, "HASH-MISMATCH"),
            (again.StatusCode, await ServedStudies.CodeAsync(again)));
    }

    [Fact]
    public async Task A_study_that_does_not_answer_is_marked_and_hides_no_other()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        var study = await PublishedAsync(served, SmallStudy.Write(_folder["scan"]));
        const string unreadable = "st-00000000000000000000";
        var dossiers = served.Services.GetRequiredService<DossierFolder>();
        dossiers.Save(new StudyId(unreadable), dossiers.Read(new StudyId(study)));
        Execute(served, $"""
            create temp table copy as select * from journal where persistence_id = 'study-{study}' limit 1;
            update copy set persistence_id = 'study-{unreadable}', manifest = 'of.a-later-release.v9',
                ordering = ordering + 1000;
            insert into journal select * from copy;
            """);
        var list = (await served.Client.GetFromJsonAsync<StudyList>("/api/v1/studies"))!.Studies;
        var silent = Assert.Single(list, view => view.Study == unreadable);
        Assert.Equal((StudyPhases.Silent, "CLUSTER-SILENT"), (silent.Phase, silent.Failure?.Code));
        Assert.Equal(StudyPhases.Published, Assert.Single(list, view => view.Study == study).Phase);
    }

    [Fact]
    public async Task A_cancellation_that_is_not_on_disk_is_not_accepted()
    {
        await using var served = await ServedStudies.StartAsync(
            _folder["work"], [], settings => settings with { NumericClass = "class-a" });
        await served.AwaitReadyAsync();
        var taken = await served.SubmitAsync(SmallStudy.Write(_folder["scan"]));
        var study = (await taken.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        using (var holder = new SqliteConnection($"Data Source={served.Journal}"))
        {
            holder.Open();
            Execute(holder, "begin immediate");
            var refused = await CancelAsync(served, study);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "CANCEL-NOT-ACCEPTED"),
                (refused.StatusCode, await ServedStudies.CodeAsync(refused)));
            Execute(holder, "rollback");
        }
        await served.AwaitReadyAsync();
        Assert.Equal(HttpStatusCode.OK, (await CancelAsync(served, study)).StatusCode);
        Assert.Equal(StudyPhases.Cancelled, (await served.AwaitAsync(study, _ => true)).Phase);
    }

    private static Task<HttpResponseMessage> CancelAsync(ServedStudies served, string study) =>
        served.Client.PostAsync($"/api/v1/studies/{study}/cancel", null);

    private static async Task<string> PublishedAsync(ServedStudies served, StudyRequest request)
    {
        var taken = await served.SubmitAsync(request);
        var study = (await taken.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        await served.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
        return study;
    }

    private static StudyRegions Regions(ServedStudies served) =>
        StudyRegions.Of(served.Services.GetRequiredService<ActorRegistry>());

    /// <summary>Results are stored by their keys.</summary>
    private static ContentKey KeyOf(ServedStudies served, string item) => new(Path.GetFileName(Directory
        .EnumerateFiles(Path.Combine(served.Folder, "artifacts", "results"), "*", SearchOption.AllDirectories)
        .Single(file => Encoding.UTF8.GetString(File.ReadAllBytes(file))
            .Contains($"\"Item\":\"{item}\"", StringComparison.Ordinal))));

    private static void Execute(ServedStudies served, string sql)
    {
        using var journal = new SqliteConnection($"Data Source={served.Journal}");
        journal.Open();
        Execute(journal, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
