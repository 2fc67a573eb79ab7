using Akka.Actor;
using Ivim.Actors.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.History;

namespace Ivim.Hosting.Tests.History;

public sealed class HistoryFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_fact_on_the_event_stream_becomes_a_line_and_outlives_the_actor_system()
    {
        using var history = new HistoryFile(_folder["history"], "node-1", TimeProvider.System);
        foreach (var epoch in (long[])[7, 8])
        {
            var system = ActorSystem.Create("ivim");
            history.AttachTo(system);
            system.EventStream.Publish(Leased(epoch));
            await Until(() => Lines().Length == epoch - 6);
            await system.Terminate();
        }
        var line = HistoryLine.Read(Lines()[0])!;
        Assert.Equal(("leased", "st-1", "train/slab-003", "node-9-0", 7L, "node-1", Environment.ProcessId),
            (line.Fact, line.Study, line.Item, line.Worker, line.Epoch!.Value, line.Node, line.Pid));
        Assert.Equal(new string('a', 64), line.Key);
        Assert.EndsWith("Z", line.At, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Writers_on_many_threads_never_mix_their_lines()
    {
        using (var history = new HistoryFile(_folder["history"], "node-1", TimeProvider.System))
            Parallel.For(0, 1000, number => history.Append(Leased(number)));
        Assert.Equal(Enumerable.Range(0, 1000).Select(number => (long?)number),
            Lines().Select(line => HistoryLine.Read(line)!.Epoch).Order());
    }

    [Fact]
    public void A_path_in_a_cause_does_not_get_in()
    {
        using var history = new HistoryFile(_folder["history"], "node-1", TimeProvider.System);
        history.Append(new WorkFact("ended") { Cause = "Could not find file '/data/Jane Doe/scan.nii'." });
        Assert.DoesNotContain("Jane", Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_costs_facts_and_nothing_else()
    {
        // /dev/full takes every write with "no space left on device".
        using var full = new HistoryFile(
            new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
            "node-1", TimeProvider.System);
        for (int number = 0; number < 3; number++) full.Append(Leased(number));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_costs_facts_and_nothing_else()
    {
        File.WriteAllText(_folder["file"], "");
        using var history = new HistoryFile(_folder["file/history"], "node-1", TimeProvider.System);
        history.Append(Leased(1));
    }

    [Fact]
    public void Half_a_line_is_no_fact()
    {
        Assert.Null(HistoryLine.Read("""{"at":"2026-11-22T18:0"""));
        Assert.Null(HistoryLine.Read(""));
    }

    public void Dispose() => _folder.Dispose();

    private string[] Lines()
    {
        var path = _folder["history/node-1.jsonl"];
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static WorkFact Leased(long epoch) => new("leased")
    {
        Study = new StudyId("st-1"), Item = new ItemName(Stage.Train, 3, ItemName.None), Worker = "node-9-0",
        Key = new ContentKey(new string('a', 64)), Epoch = epoch,
    };

    private static async Task Until(Func<bool> condition)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition()) await Task.Delay(10, enough.Token);
    }
}
