using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Stages;

namespace Ivim.Actors.Tests.Hosting;

public sealed class InterruptedStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>15 items: prepare, 2 trainings, 2 times 3 slabs, 3 merges, polish, assemble, publish.</summary>
    [Fact]
    public async Task A_study_that_is_killed_again_and_again_ends_with_the_same_bits()
    {
        var dossier = SmallSeries.Write(_folder["in"], _ => true, _folder["maps"]);
        var undisturbed = await StudyRun.FinishAsync(
            _folder["undisturbed"], dossier with { Output = _folder["golden"] }, TinyNetwork.Protocol);
        Assert.Equal(15, undisturbed.After.Sum(stage => stage.Done));
        Assert.Null(await StudyRun.RunAsync(_folder["work"], dossier, TinyNetwork.Protocol, _ => true));
        foreach (int done in new[] { 1, 4, 9 })
            await StudyRun.RunAsync(_folder["work"], dossier, TinyNetwork.Protocol, count => count >= done);
        var ended = await StudyRun.FinishAsync(_folder["work"], dossier, TinyNetwork.Protocol);
        Assert.Equal(undisturbed.Maps.ToArray(), ended.Maps.ToArray());
        Assert.Equal(15, ended.After.Sum(stage => stage.Done));
        JournalRows.RequireOurs(_folder[Path.Combine("work", "journal.db")]);
        Assert.Equal(
            File.ReadAllBytes(new Destination(dossier with { Output = _folder["golden"] }).Provenance),
            File.ReadAllBytes(new Destination(dossier).Provenance));
    }
}
