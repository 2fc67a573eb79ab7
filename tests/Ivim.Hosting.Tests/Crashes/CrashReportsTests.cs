using Ivim.Actors.Work;
using Ivim.Hosting.Crashes;

namespace Ivim.Hosting.Tests.Crashes;

/// <summary>Whose a report is, when process numbers come again and names come over the network.</summary>
public sealed class CrashReportsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CrashReports _reports;

    public CrashReportsTests() => _reports = new CrashReports(_folder.Path, TimeProvider.System);

    [Fact]
    public void A_container_that_starts_again_with_the_same_number_does_not_take_the_blame()
    {
        _reports.NoteStart("pod-1-a", "pod", 1);
        Write("pod-1");
        Assert.Equal(WorkerEnd.Crashed, _reports.CauseOf("pod-1-a-0"));
        _reports.NoteStart("pod-1-b", "pod", 1);
        Assert.Equal(WorkerEnd.Crashed, _reports.CauseOf("pod-1-a-0"));
        Assert.Equal(WorkerEnd.Silent, _reports.CauseOf("pod-1-b-0"));
        Write("pod-1");
        Assert.Equal(WorkerEnd.Crashed, _reports.CauseOf("pod-1-b-0"));
    }

    [Fact]
    public void A_report_of_nobody_known_is_nobodys()
    {
        Write("pod-1");
        _reports.NoteStart("pod-1-a", "pod", 1);
        Assert.Equal(WorkerEnd.Silent, _reports.CauseOf("pod-1-a-0"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("pod")]
    [InlineData("../pod-1-a-0")]
    [InlineData("/etc/passwd-0")]
    [InlineData("*-0")]
    public void A_name_out_of_the_network_opens_no_file(string worker)
    {
        _reports.NoteStart("pod-1-a", "pod", 1);
        Write("pod-1");
        Assert.Equal(WorkerEnd.Silent, _reports.CauseOf(worker));
    }

    [Fact]
    public void A_note_that_somebody_filled_with_a_path_moves_nothing_out_of_the_folder()
    {
        File.WriteAllText(_folder["pod-1.node"], "../outside");
        Write("pod-1");
        _reports.NoteStart("pod-1-b", "pod", 1);
        Assert.True(File.Exists(_folder["pod-1-unknown.crashreport.json"]));
    }

    [Fact]
    public void Without_a_folder_nobody_is_blamed() => Assert.Equal(WorkerEnd.Silent,
        new CrashReports(_folder["none"], TimeProvider.System).CauseOf("pod-1-a-0"));

    [Fact]
    public void Old_reports_and_all_but_the_newest_200_go()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        for (int number = 0; number < 210; number++) Write($"pod-{number}-x", now.AddHours(-number));
        Write("pod-old-x", now - CrashReports.KeptFor - TimeSpan.FromMinutes(1));
        _reports.NoteStart("pod-1-a", "pod", 1);
        Assert.Equal(CrashReports.MostKept, Directory.GetFiles(_folder.Path, "*.crashreport.json").Length);
        Assert.Equal(WorkerEnd.Crashed, _reports.CauseOf("pod-0-x-0"));
        Assert.Equal(WorkerEnd.Silent, _reports.CauseOf("pod-209-x-0"));
        Assert.Equal(WorkerEnd.Silent, _reports.CauseOf("pod-old-x-0"));
    }

    [Fact]
    public void Half_a_report_is_evidence_of_an_unknown_kind()
    {
        _reports.NoteStart("pod-1-a", "pod", 1);
        File.WriteAllText(_folder["pod-1.crashreport.json"], "{ \"payload\" : {");
        Assert.Equal(WorkerEnd.Crashed, _reports.CauseOf("pod-1-a-0"));
        Assert.Equal("native code", _reports.KindOf("pod-1-a-0"));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string name, DateTime? at = null)
    {
        var path = _folder[name + ".crashreport.json"];
        File.WriteAllText(path, "{}");
        if (at is { } time) File.SetLastWriteTimeUtc(path, time);
    }
}
