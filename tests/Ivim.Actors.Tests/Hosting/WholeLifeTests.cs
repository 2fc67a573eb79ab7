using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Stages;
using Ivim.Domain.Protocols;
using Ivim.Hosting;

namespace Ivim.Actors.Tests.Hosting;

public sealed class WholeLifeTests : IDisposable
{
    /// <summary>What must be found nowhere but in the dossier.</summary>
    private const string Canary = "MEIER-ANNA-4711";

    private static readonly Protocol Protocol = StudyWalk.ThreeSlabs;

    private readonly TemporaryFolder _folder = new();
    private readonly StudyDossier _dossier;
    private readonly Destination _destination;

    public WholeLifeTests()
    {
        _dossier = SmallSeries.Write(_folder[Canary], output: _folder[Path.Combine(Canary, "maps")]);
        _destination = new Destination(_dossier);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_is_published_once_and_its_journal_names_nobody()
    {
        var first = await StudyRun.FinishAsync(Work, _dossier, Protocol);
        Assert.True(_destination.Holds(first.Maps));
        JournalRows.RequireOurs(Journal);
        int rows = JournalRows.Of(Journal).Count;
        var second = await StudyRun.FinishAsync(Work, _dossier, Protocol);
        Assert.Equal(first.Maps.ToArray(), second.Maps.ToArray());
        Assert.False(second.Republished);
        Assert.Equal(rows, JournalRows.Of(Journal).Count);
        var canary = Encoding.UTF8.GetBytes(Canary);
        Assert.DoesNotContain(TemporaryFolder.FilesOf(Work), file =>
            !file.StartsWith("dossiers", StringComparison.Ordinal)
            && File.ReadAllBytes(Path.Combine(Work, file)).AsSpan().IndexOf(canary) >= 0);
        Assert.DoesNotContain(Canary, await File.ReadAllTextAsync(_destination.Provenance), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maps_come_back_even_if_every_artifact_has_rotted()
    {
        var first = await StudyRun.FinishAsync(Work, _dossier, Protocol);
        Directory.Delete(_dossier.Output, recursive: true);
        var artifacts = Path.Combine(Work, "artifacts", "sha256");
        foreach (var file in TemporaryFolder.FilesOf(artifacts)) TemporaryFolder.Damage(Path.Combine(artifacts, file));
        var second = await StudyRun.FinishAsync(Work, _dossier, Protocol);
        Assert.True(second.Republished);
        Assert.Equal(first.Maps.ToArray(), second.Maps.ToArray());
        Assert.True(_destination.Holds(first.Maps));
    }

    [Fact]
    public async Task A_republication_that_was_refused_is_tried_again_by_the_next_run()
    {
        var first = await StudyRun.FinishAsync(Work, _dossier, Protocol);
        await File.WriteAllTextAsync(_destination.Provenance, """{"source":{"image":"of another scan"}}""");
        for (int run = 0; run < 2; run++)
        {
            var refused = await Assert.ThrowsAsync<StudyFailedException>(
                () => StudyRun.FinishAsync(Work, _dossier, Protocol));
            Assert.Equal("OUTPUT-TAKEN", refused.Failure.Code);
        }
        File.Delete(_destination.Provenance);
        await StudyRun.FinishAsync(Work, _dossier, Protocol);
        Assert.True(_destination.Holds(first.Maps));
    }

    [Fact]
    public async Task A_journal_of_a_later_release_is_said_to_be_one_and_not_waited_for()
    {
        await StudyRun.FinishAsync(Work, _dossier, Protocol);
        JournalRows.Rename(Journal, "study.submitted.v1", "study.submitted.v9");
        var failed = await Assert.ThrowsAsync<StudyFailedException>(
            () => StudyRun.FinishAsync(Work, _dossier, Protocol));
        Assert.Equal("JOURNAL-FAILED", failed.Failure.Code);
    }

    private string Work => _folder["work"];

    private string Journal => Path.Combine(Work, "journal.db");
}
