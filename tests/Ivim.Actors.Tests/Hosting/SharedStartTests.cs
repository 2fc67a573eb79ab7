using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Stages;
using Ivim.Domain.Work;
using Ivim.Hosting;

namespace Ivim.Actors.Tests.Hosting;

public sealed class SharedStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The first run is killed while its starts are trained or soon after.</summary>
    [Fact]
    public async Task Two_scans_in_one_work_folder_share_their_start_and_a_scan_alone_has_the_same_maps()
    {
        var protocol = TinyNetwork.WithStart();
        var one = SmallSeries.Write(_folder["one"], _ => true, _folder["maps-one"]);
        var two = SmallSeries.Write(_folder["two"], output: _folder["maps-two"]);
        await StudyRun.RunAsync(_folder["work"], one, protocol, done => done >= 2);
        await StudyRun.FinishAsync(_folder["work"], one, protocol);
        var second = await StudyRun.FinishAsync(_folder["work"], two, protocol);
        Assert.Equal((2, 2, 2), Starts(second));
        Assert.Equal(0, second.After.Single(count => count.Stage == Stage.Train).Reused);
        var alone = await StudyRun.FinishAsync(
            _folder["alone"], two with { Output = _folder["maps-alone"] }, protocol, workers: 1);
        Assert.Equal((2, 2, 0), Starts(alone));
        Assert.Equal(alone.Maps.ToArray(), second.Maps.ToArray());
    }

    private static (int Total, int Done, int Reused) Starts(StudyOutcome outcome)
    {
        var count = outcome.After.Single(count => count.Stage == Stage.Start);
        return (count.Total, count.Done, count.Reused);
    }
}
