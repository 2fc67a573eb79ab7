using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Ivim.Actors.Cohorts;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Hosting;
using Ivim.Actors.Wire;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Journals;
using Xunit.Abstractions;

namespace Ivim.Actors.Tests.Cohorts;

/// <summary>A cohort in a real journal file: killed at any time, it is all there, from events and snapshots.</summary>
public sealed class CohortJournalTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5), Often = TimeSpan.FromMilliseconds(100);
    private static readonly CohortId Id = CohortId.Of("trial");
    private static readonly string Protocol = ProtocolJson.Write(new Protocol { Method = Methods.LeastSquares });

    private readonly TemporaryFolder _folder;
    private readonly ITestOutputHelper _output;
    private readonly CohortWorld _world = new() { IsInstant = true, Workers = 8 };

    public CohortJournalTests(ITestOutputHelper output)
        : this(new TemporaryFolder(), output)
    {
    }

    private CohortJournalTests(TemporaryFolder folder, ITestOutputHelper output)
        : base(ConfigurationFactory.ParseString("akka { loglevel = ERROR, stdout-loglevel = OFF }")
            .WithFallback(ConfigurationFactory.ParseString(new SqliteJournal(folder["journal.db"]).Hocon))
            .WithFallback(WireConfig.Config))
    {
        (_folder, _output) = (folder, output);
        new SqliteJournal(folder["journal.db"]).Initialise();
    }

    [Fact]
    public void Killed_over_and_over_it_publishes_every_study_and_saves_a_snapshot()
    {
        const int count = 500;
        Submit(count);
        while (Published() < count)
        {
            var cohort = Cohort();
            int before = Published(cohort);
            AwaitCondition(() => Published(cohort) >= Math.Min(count, before + 150), Patience, Often / 5);
            End(cohort);
        }
        JournalRows.RequireOurs(_folder["journal.db"]);
        Assert.Contains(JournalRows.SnapshotsOf(_folder["journal.db"]),
            row => row.Item2 == "cohort-snapshot.v1");
    }

    /// <summary>IVIM_MEASURE=1 tells what a big cohort costs; nothing is asserted about times.</summary>
    [SkippableFact]
    public void A_cohort_of_ten_thousand_is_measured()
    {
        Skip.If(Environment.GetEnvironmentVariable("IVIM_MEASURE") is null, "a measurement, asked for by IVIM_MEASURE");
        const int count = 10_000;
        var watch = Stopwatch.StartNew();
        long start = GC.GetTotalMemory(forceFullCollection: true);
        Submit(count);
        Say("submitted", watch, count);
        var cohort = Cohort();
        AwaitCondition(() => Published(cohort) == count, Patience, Often);
        Say("all published", watch, count);
        _output.WriteLine($"memory: {(GC.GetTotalMemory(forceFullCollection: true) - start) >> 20} MiB");
        End(cohort);
        watch.Restart();
        Assert.Equal(count, Published(Cohort()));
        Say("built anew", watch, count);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _folder.Dispose();
    }

    private void Say(string what, Stopwatch watch, int count)
    {
        long bytes = Directory.GetFiles(Path.GetDirectoryName(_folder["journal.db"])!, "journal.db*")
            .Sum(file => new FileInfo(file).Length);
        _output.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:F2} s, journal {bytes / count} bytes an entry");
    }

    private void Submit(int count)
    {
        var cohort = Cohort();
        foreach (var chunk in Enumerable.Range(0, count).Select(Entry).Chunk(CohortCommand.MostEntries))
            Ask<CohortReply.Accepted>(cohort, new CohortCommand.Submit(Id, Protocol, "cpu", [.. chunk],
                DateTimeOffset.UnixEpoch));
        End(cohort);
    }

    private static CohortEntry Entry(int number)
    {
        var pseudonym = string.Concat($"{number:D12}".Select(digit => (char)('a' + (digit - '0'))));
        return new CohortEntry(pseudonym, $"Centre{number % 20}", new string('0', 64), 0);
    }

    private int Published()
    {
        var cohort = Cohort();
        int published = Published(cohort);
        End(cohort);
        return published;
    }

    private int Published(IActorRef cohort) => Ask<CohortProgress>(cohort, new CohortQuery.Progress(Id))
        .Centres.Sum(centre => centre.Published);

    private IActorRef Cohort()
    {
        var world = _world;
        return Sys.ActorOf(Props.Create(() => new CohortActor(Id, world, TimeProvider.System, Often)));
    }

    private T Ask<T>(IActorRef cohort, object question)
    {
        var person = CreateTestProbe();
        cohort.Tell(question, person);
        return person.ExpectMsg<T>(Patience);
    }

    private void End(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor, Patience);
    }
}
