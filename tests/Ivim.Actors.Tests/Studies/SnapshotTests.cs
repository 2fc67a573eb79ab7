using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.TestKit;
using Ivim.Actors.Studies;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Hosting;
using Ivim.Actors.Wire;
using Ivim.Actors.Work;
using Ivim.Domain;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Journals;
using Xunit.Abstractions;

namespace Ivim.Actors.Tests.Studies;

/// <summary>
/// Snapshots of a study in a real journal file: used where they are whole, and passed over where not.
/// </summary>
public sealed class SnapshotTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly StudyId Id = Example.StudyOf(Example.LeastSquares);

    private readonly TemporaryFolder _folder;
    private readonly ITestOutputHelper _output;
    private readonly TestProbe _queue;

    public SnapshotTests(ITestOutputHelper output)
        : this(new TemporaryFolder(), output)
    {
    }

    private SnapshotTests(TemporaryFolder folder, ITestOutputHelper output)
        : base(ConfigurationFactory.ParseString("akka { loglevel = ERROR, stdout-loglevel = OFF }")
            .WithFallback(ConfigurationFactory.ParseString(new SqliteJournal(FileIn(folder)).Hocon))
            .WithFallback(WireConfig.Config))
    {
        (_folder, _output, _queue) = (folder, output, CreateTestProbe());
        new SqliteJournal(FileIn(folder)).Initialise();
    }

    [Fact]
    public void A_study_saves_a_snapshot_now_and_then_and_goes_on_from_the_newest()
    {
        var (facts, open) = History(slabs: 205, done: 195);
        Write(facts, SnapshotCache.EventsPerSnapshot - 3);
        var study = Study();
        foreach (var item in open.Take(5)) Report(study, item.Finished(StudyPlan.Maps));
        AwaitAssert(() => Assert.Equal([SnapshotCache.EventsPerSnapshot], SequenceNumbers()), Patience);
        Assert.Equal((IvimSerializer.PermanentIdentifier, "study-snapshot.v1"),
            Assert.Single(JournalRows.SnapshotsOf(Journal)));
        JournalRows.RequireOurs(Journal);
        End(study);
        Assert.NotEqual(0, JournalRows.Change(Journal, "DELETE FROM journal WHERE sequence_number < 100"));
        Assert.Equal(200, Done(Study()));
    }

    [Theory]
    [InlineData("manifest = 'study-snapshot.v9'")]
    [InlineData("snapshot = substr(snapshot, 1, length(snapshot) / 2)")]
    [InlineData("snapshot = cast(substr(snapshot, 1, 90) || x'41' || substr(snapshot, 92) as blob)")]
    public void A_snapshot_that_cannot_be_read_is_passed_over(string damage)
    {
        var (facts, open) = History(slabs: 5, done: 3);
        Write(facts, facts.Length);
        Assert.Equal(1, JournalRows.Change(Journal, "UPDATE snapshot SET " + damage));
        var study = Study();
        Assert.Equal(3, Done(study));
        Report(study, open[0].Finished(StudyPlan.Maps));
        Assert.Equal(4, Done(study));
    }

    /// <summary>
    /// IVIM_MEASURE=1 tells what a snapshot of a big study is worth; nothing is asserted about times.
    /// </summary>
    [SkippableFact]
    public void The_recovery_of_ten_thousand_items_is_measured()
    {
        Skip.If(Environment.GetEnvironmentVariable("IVIM_MEASURE") is null, "a measurement, asked for by IVIM_MEASURE");
        var (facts, _) = History(slabs: 10_000, done: 10_000);
        Write(facts, 0);
        for (int time = 0; time < 3; time++) _output.WriteLine($"events only: {Recovery().TotalSeconds:F2} s");
        Write([], facts.Length, facts);
        for (int time = 0; time < 3; time++) _output.WriteLine($"with snapshot: {Recovery().TotalSeconds:F2} s");
        var size = new FileInfo(Journal).Length;
        _output.WriteLine($"journal file {size >> 10} KiB");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _folder.Dispose();
    }

    private string Journal => FileIn(_folder);

    private static string FileIn(TemporaryFolder folder) => folder["journal.db"];

    private TimeSpan Recovery()
    {
        var watch = Stopwatch.StartNew();
        var study = Study();
        Assert.Equal(10_000, Done(study));
        var elapsed = watch.Elapsed;
        End(study);
        return elapsed;
    }

    /// <summary>A study with its first items settled, and the items that are open then.</summary>
    private static (ImmutableArray<StudyEvent> Facts, ImmutableArray<WorkItem> Open) History(int slabs, int done)
    {
        var (study, facts) = (StudyState.Unborn, ImmutableArray.CreateBuilder<StudyEvent>());
        Take(study.Decide(Example.Submit(Example.LeastSquares)));
        Take(study.Decide(StudyPlan.Ready(study).Single().Finished(Example.Prepared(slabs))));
        var items = StudyPlan.Ready(study).ToList();
        foreach (var item in items.Take(done)) Take(study.Decide(item.Finished(StudyPlan.Maps)));
        return (facts.ToImmutable(), [.. items.Skip(done)]);

        void Take(Decision<StudyEvent> decision)
        {
            foreach (var fact in Assert.IsType<Decision<StudyEvent>.Accepted>(decision).Events)
            {
                study = study.Apply(fact);
                facts.Add(fact);
            }
        }
    }

    /// <summary>Puts events into the journal, and a snapshot of the first ones beside them; 0 for none.</summary>
    private void Write(ImmutableArray<StudyEvent> facts, int snapshotAfter, ImmutableArray<StudyEvent>? all = null)
    {
        var state = (all ?? facts).Take(snapshotAfter).Aggregate(StudyState.Unborn, (study, fact) => study.Apply(fact));
        var snapshot = snapshotAfter == 0 ? null : state.ToSnapshot();
        var author = Sys.ActorOf(Props.Create(() => new Author($"study-{Id}", facts, snapshot)));
        author.Tell("write", TestActor);
        ExpectMsg("written", Patience);
        End(author);
    }

    private IActorRef Study()
    {
        var queue = _queue.Ref;
        return Sys.ActorOf(Props.Create(() => new StudyActor(Id, queue, () => queue)));
    }

    private int Done(IActorRef study)
    {
        var person = CreateTestProbe();
        study.Tell(new StudyQuery.Progress(Id), person);
        return person.ExpectMsg<StudyProgress>(Patience).Stages[1].Done;
    }

    private void Report(IActorRef study, ItemReport report)
    {
        var worker = CreateTestProbe();
        study.Tell(report, worker);
        worker.ExpectMsg<ItemReceipt>(Patience);
    }

    private void End(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor, Patience);
    }

    private int[] SequenceNumbers() => [.. JournalRows.Numbers(Journal, "SELECT sequence_number FROM snapshot")];

    /// <summary>Writes what it is given under the persistence id of another.</summary>
    private sealed class Author : UntypedPersistentActor
    {
        private readonly ImmutableArray<StudyEvent> _facts;
        private readonly StudyStateSnapshot? _snapshot;
        private IActorRef _sender = Nobody.Instance;

        public Author(string persistenceId, ImmutableArray<StudyEvent> facts, StudyStateSnapshot? snapshot)
        {
            (PersistenceId, _facts, _snapshot) = (persistenceId, facts, snapshot);
            SnapshotPluginId = SnapshotCache.PluginId;
        }

        public override string PersistenceId { get; }

        protected override void OnRecover(object message)
        {
        }

        protected override void OnCommand(object message)
        {
            switch (message)
            {
                case "write":
                    _sender = Sender;
                    foreach (var chunk in _facts.Chunk(500)) PersistAll(chunk, _ => { });
                    DeferAsync("written", _ => Finish());
                    break;
                case SaveSnapshotSuccess:
                    _sender.Tell("written");
                    break;
            }
        }

        private void Finish()
        {
            if (_snapshot is null) _sender.Tell("written");
            else SaveSnapshot(_snapshot);
        }
    }
}
