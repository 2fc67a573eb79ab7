using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Work;
using Ivim.Actors.Work;
using Ivim.Domain;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Tests.Stages;

/// <summary>Takes a study through the real stages item by item, without actors.</summary>
internal sealed class StudyWalk
{
    private const string NumericClass = "walk";

    private readonly StageRunner _runner;
    private StudyState _study = StudyState.Unborn;
    private AggregateState _maps = AggregateState.Unborn;

    public StudyWalk(TemporaryFolder folder, StudyDossier dossier, Protocol protocol, string work = "work")
    {
        Store = new FolderArtifactStore(folder[Path.Combine(work, "artifacts")]);
        var dossiers = new DossierFolder(folder[Path.Combine(work, "dossiers")]);
        _runner = new StageRunner(Store, dossiers, ComputeDevice.Resolve("cpu"));
        var (source, document) = (SourceHash.Of(dossier), ProtocolJson.Write(protocol));
        var id = StudyId.Of(source, ProtocolJson.Reference(document).Sha256, NumericClass);
        Store.Put(Encoding.UTF8.GetBytes(document));
        dossiers.Save(id, dossier);
        Apply(_study.Decide(new StudyCommand.Submit(id, source, document, NumericClass, DateTimeOffset.UnixEpoch)));
    }

    public static Protocol ThreeSlabs { get; } = new()
    {
        Method = Methods.LeastSquares, Slabs = new SlabRules { Slices = 2, Halo = 1 },
        Polish = new PolishRules { Method = PolishRules.None },
    };

    public FolderArtifactStore Store { get; }

    public WorkItem Item(ItemName name) => StudyPlan.ItemOf(_study, name) ?? AggregatePlan.ItemOf(_maps, name)
        ?? throw new InvalidOperationException($"{name} is not ready");

    /// <summary>Runs an item, and lets its owner know.</summary>
    public WorkResult Run(ItemName name, Action<double>? progress = null, IStageWatch? watch = null,
        CancellationToken cancellation = default)
    {
        var item = Item(name);
        var result = _runner.Run(item, watch ?? new ScriptedWatch(progress), cancellation);
        var report = new ItemReport.Finished(item.Study, name, item.Key, result);
        if (item.Owner == ItemOwner.Study) Apply(_study.Decide(report));
        else Apply(_maps.Decide(report));
        return result;
    }

    /// <summary>Everything up to <paramref name="last"/>, which runs too.</summary>
    public WorkResult RunUntil(ItemName last)
    {
        while (true)
        {
            var next = StudyPlan.Ready(_study).Concat(AggregatePlan.Ready(_maps)).First().Name;
            var result = Run(next);
            if (next == last) return result;
            if (!StudyPlan.Ready(_study).Any() && _maps.Phase == StudyPhase.Unknown) HandOver();
        }
    }

    /// <summary>The merged maps of a slab.</summary>
    public NamedArrays Merged(int slab) =>
        Read(_maps.Ledger.Results[ItemName.Merge(slab)].Result, AggregatePlan.Merged);

    public NamedArrays Read(WorkResult result, string output) =>
        ArrayFile.Read(Store.Read(result.Output(output))).Arrays;

    private void HandOver()
    {
        var frame = _study.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame)!;
        Apply(_maps.Decide(new AggregateCommand.Open(
            _study.Id, _study.ProtocolDocument, NumericClass, frame, _study.SlabCount)));
        for (int slab = 0; slab < _study.SlabCount; slab++)
            Apply(_maps.Decide(new AggregateCommand.MergeSlab(_study.Id, slab, _study.MembersOf(slab)!.Value)));
    }

    private void Apply(Decision<StudyEvent> decision)
    {
        foreach (var fact in Assert.IsType<Decision<StudyEvent>.Accepted>(decision).Events) _study = _study.Apply(fact);
    }

    private void Apply(Decision<AggregateEvent> decision)
    {
        var accepted = Assert.IsType<Decision<AggregateEvent>.Accepted>(decision);
        foreach (var fact in accepted.Events) _maps = _maps.Apply(fact);
    }
}
