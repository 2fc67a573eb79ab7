using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Domain;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Planning;

namespace Ivim.Hosting.Tests.Planning;

/// <summary>
/// A run of a study by the real decisions and into a store of the real layout; only what the artifacts hold is made up,
/// because nothing here looks into them.
/// </summary>
internal sealed class MadeUpRun
{
    private readonly string _artifacts;
    private readonly FolderArtifactStore _store;
    private readonly int _slabs;
    private StudyState _study = StudyState.Unborn;
    private AggregateState _maps = AggregateState.Unborn;

    /// <param name="artifacts">The store's folder.</param>
    /// <param name="does">Which items are done; the run stops short of the others.</param>
    public MadeUpRun(WantedStudy wanted, string artifacts, int slabs, Predicate<ItemName> does)
    {
        (_artifacts, _store, _slabs) = (artifacts, new FolderArtifactStore(artifacts), slabs);
        Tell(_study.Decide(wanted.Submission));
        while (Ready().FirstOrDefault(item => does(item.Name)) is { } item)
        {
            var result = ResultOf(item);
            var report = new ItemReport.Finished(item.Study, item.Name, item.Key, result);
            if (item.Owner == ItemOwner.Study) Tell(_study.Decide(report));
            else Tell(_maps.Decide(report));
            HandOver();
            if (item.Name == ItemName.Publish)
                Tell(_study.Decide(new StudyCommand.Conclude(_study.Id, [new PublishedMap("D", "")])));
        }
    }

    /// <summary>What of each stage was not in the store.</summary>
    public Dictionary<Stage, int> Computed { get; } = [];

    /// <summary>What the journal keeps of it, by persistence id.</summary>
    public List<(string Id, object Fact)> Facts { get; } = [];

    private IEnumerable<WorkItem> Ready() => StudyPlan.Ready(_study)
        .Concat(_maps.Phase == StudyPhase.Unknown ? [] : AggregatePlan.Ready(_maps));

    private void HandOver()
    {
        if (_study.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame) is not { } frame) return;
        Tell(_maps.Decide(new AggregateCommand.Open(_study.Id, _study.ProtocolDocument, _study.NumericClass, frame,
            _study.SlabCount, _study.Reopenings)));
        for (int slab = 0; slab < _study.SlabCount; slab++)
            if (_study.MembersOf(slab) is { } members)
                Tell(_maps.Decide(new AggregateCommand.MergeSlab(_study.Id, slab, members)));
    }

    private WorkResult ResultOf(WorkItem item)
    {
        if (_store.FindResult(item.Key) is { } stored) return stored.Result with { Reused = true };
        Computed[item.Name.Stage] = Computed.GetValueOrDefault(item.Name.Stage) + 1;
        var result = new WorkResult([.. OutputsOf(item.Name).Select(name =>
            new NamedArtifact(name, Put(Encoding.UTF8.GetBytes($"{item.Key.Hex} {name}"))))], [], false);
        var json = JsonSerializer.SerializeToUtf8Bytes(new StoredResult(item.Name.ToString(), item.Recipe, item.Inputs,
            result, item.Study.Value, item.Protocol, Seconds: 2));
        Write(PathOf("results", item.Key.Hex), [.. SHA256.HashData(json), .. json]);
        return result;
    }

    private IEnumerable<string> OutputsOf(ItemName item) => item switch
    {
        { Stage: Stage.Prepare } => [StudyPlan.Frame, StudyPlan.Sample, StudyPlan.BValues,
            .. Enumerable.Range(0, _slabs).Select(StudyPlan.SlabName)],
        { Stage: Stage.Start } or { IsWeights: true } => [StudyPlan.Weights],
        { Stage: Stage.Train } => [StudyPlan.Maps],
        { Stage: Stage.Merge } => [AggregatePlan.Merged],
        { Stage: Stage.Polish } => [AggregatePlan.Polished],
        _ => ["D", "f"],
    };

    private ArtifactRef Put(byte[] bytes)
    {
        var artifact = new ArtifactRef(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
        Write(PathOf("sha256", artifact.Sha256), bytes);
        return artifact;
    }

    /// <summary>Not flushed to the disk, as the store would: these runs are many.</summary>
    private static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private string PathOf(string kind, string name) => Path.Combine(_artifacts, kind, name[..2], name);

    private void Tell(Decision<StudyEvent> decision)
    {
        foreach (var fact in Events(decision))
        {
            _study = _study.Apply(fact);
            Facts.Add(($"study-{_study.Id}", fact));
        }
    }

    private void Tell(Decision<AggregateEvent> decision)
    {
        foreach (var fact in Events(decision))
        {
            _maps = _maps.Apply(fact);
            Facts.Add(($"aggregate-{_study.Id}", fact));
        }
    }

    private static ImmutableArray<T> Events<T>(Decision<T> decision) =>
        Assert.IsType<Decision<T>.Accepted>(decision).Events;
}
