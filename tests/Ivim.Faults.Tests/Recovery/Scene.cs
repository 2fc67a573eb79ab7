using System.Text.Json.Nodes;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Invariants;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Scans;

namespace Ivim.Faults.Tests.Recovery;

/// <summary>One fault test: a cluster at work, what was done to it, and the invariants afterwards.</summary>
internal sealed class Scene(string fault, QuietRun quiet, TemporaryFolder folder, Nemesis nemesis)
{
    private readonly List<string> _fired = [];
    private readonly Stack<object> _owned = [];
    private readonly List<Outage> _outages = [];
    private readonly List<StatusSample> _samples = [];
    private readonly List<(string What, TimeSpan Took, TimeSpan Bound)> _recoveries = [];

    public string Fault => fault;

    public Nemesis Nemesis => nemesis;

    public TemporaryFolder Folder => folder;

    public string Work => folder.Path("work");

    public string Output => folder.Path("out");

    public ScanToMap Scan { get; set; } = quiet.Scan;

    /// <summary>The voxels that the maps must have.</summary>
    public IReadOnlyDictionary<string, string> QuietHashes { get; set; } = quiet.Hashes;

    public IReadOnlyList<string> FiredFaults => _fired;

    /// <summary>Where the journal lies, if not in the work folder.</summary>
    public PostgresServer? Postgres { get; set; }

    /// <summary>The submitted study.</summary>
    public string Study { get; private set; } = "";

    public ICluster Cluster { get; private set; } = null!;

    public LocalCluster Local => (LocalCluster)Cluster;

    public History History => Cluster.History;

    public async Task<LocalCluster> StartAsync(ClusterShape shape)
    {
        var local = await LocalCluster.StartAsync(Work, shape);
        Cluster = local;
        return local;
    }

    public void Use(ICluster cluster) => Cluster = cluster;

    /// <summary>Something that is to go after the cluster, whose processes are in it.</summary>
    public T Owns<T>(T thing)
        where T : notnull
    {
        _owned.Push(thing);
        return thing;
    }

    public async Task EndAsync()
    {
        if (Cluster is { } cluster) await cluster.DisposeAsync();
        if (Postgres is { } server) await server.DisposeAsync();
        while (_owned.TryPop(out var thing))
        {
            if (thing is IAsyncDisposable slow) await slow.DisposeAsync();
            else (thing as IDisposable)?.Dispose();
        }
    }

    /// <summary>Submits the scan.</summary>
    /// <param name="numericClass">Needed where no worker is up that the seed could ask.</param>
    public async Task SubmitAsync(string? numericClass = null)
    {
        var submission = Scan.Submission(Output);
        if (numericClass is not null) submission["numericClass"] = numericClass;
        Study = await SubmitAsync(submission);
    }

    /// <returns>The study.</returns>
    public async Task<string> SubmitAsync(JsonObject submission)
    {
        JsonNode? last = null;
        var receipt = await Until.FoundAsync(async () =>
        {
            if (await Cluster.Api.SubmitAsync(submission) is not { } answer) return null;
            last = answer.Body;
            return (int)answer.Status < 300 ? answer.Body : null;
        }, TimeSpan.FromSeconds(30), () => $"the study was taken; last answer {last}");
        return (string)receipt["study"]!;
    }

    /// <summary>Of the workers that are up; then they are killed.</summary>
    public async Task<string> LearnNumericClassAsync()
    {
        var sight = await Until.FoundAsync(
            async () => await Cluster.Api.ClusterAsync() is { Workers.Count: > 0 } some ? some : null,
            TimeSpan.FromSeconds(30), () => "a worker is heard of");
        await LocalCluster.KillAsync(Local.Workers);
        return sight.Workers[0].NumericClass;
    }

    /// <summary>The fault did happen: whoever says so has seen it.</summary>
    public void Fired(string what) => _fired.Add(what);

    /// <summary>From now until the returned moment's end nothing can go on, because of the test itself.</summary>
    public async Task DuringOutageAsync(Func<Task> outage)
    {
        var from = TimeProvider.System.GetUtcNow();
        try
        {
            await outage();
        }
        finally
        {
            _outages.Add(new Outage(from, TimeProvider.System.GetUtcNow()));
        }
    }

    /// <summary>Measures until work goes on, and holds it to its bound.</summary>
    public async Task RecoversAsync(string what, TimeSpan bound, Func<History, bool> goesOn)
    {
        var took = await Until.TrueAsync(() => goesOn(History), 3 * bound + TimeSpan.FromSeconds(30),
            $"{what}: work went on");
        _recoveries.Add((what, took, bound));
        Assert.True(took <= bound * Timings.Slack,
            $"{what}: work went on after {took.TotalSeconds:F1} s, {bound.TotalSeconds:F0} s may be");
    }

    /// <summary>
    /// Until some network has been trained for a while: there is a checkpoint to lose and work to be done again.
    /// </summary>
    public Task UntilTrainingAsync(int checkpoints = 3) => Until.TrueAsync(
        () => History.Count(FactKinds.Checkpointed) >= checkpoints, Timings.Run,
            $"{checkpoints} checkpoints were kept");

    public async Task<StudyStatus> FinishAsync(string phase = StudyStatus.Published)
    {
        StudyStatus? last = null;
        await Until.TrueAsync(async () =>
        {
            if (await Cluster.Api.StatusAsync(Study) is not { } status) return false;
            last = status;
            _samples.Add(new StatusSample(TimeProvider.System.GetUtcNow(), status.Done, status.Phase));
            return status.IsAtRest;
        }, Timings.Run, "the study came to rest");
        Assert.True(last!.Phase == phase, $"the study is {last.Phase} ({last.FailureCode}), {phase} was expected");
        return last;
    }

    /// <summary>Everything that must hold of a published study; throws with every violation.</summary>
    public async Task CheckAsync(CheckOptions? options = null)
    {
        options ??= new CheckOptions();
        var history = await WholeHistoryAsync();
        var maps = new PublishedMaps(Output);
        var rows = await RowsAsync();
        var rework = Rework.Of(history.OfStudy(Study), Scan.PlannedSteps + options.KnownSteps);
        List<Violation> violations =
        [
            .. HistoryInvariants.NoLostItem(history), .. HistoryInvariants.CountedOnce(history),
            .. MapInvariants.SameBits(maps, QuietHashes), .. MapInvariants.NoMixing(maps, Work, Study, Scan.Members),
            .. StoreInvariants.NoPartialArtefact(Work, Output),
            .. Privacy.NoName(SmallScan.Canary, [Work, Output], rows), .. Privacy.NoDefaultSerializer(rows),
        ];
        if (options.Times)
        {
            violations.AddRange(HistoryInvariants.Alive(history, Timings.Silence, _outages));
            violations.AddRange(HistoryInvariants.NoOldLease(history, Timings.Lease, _outages));
        }
        if (options.Rework) violations.AddRange(rework.Check(options.Hedges));
        if (options is { Status: true, Times: true }) violations.AddRange(StatusTruth.Check(_samples, history,
            _outages));
        Assert.True(violations.Count == 0, string.Join('\n', violations));
        Write(rework);
    }

    /// <summary>Lines of the table, also for tests whose study is not meant to be published.</summary>
    public void Write(Rework? rework)
    {
        foreach (var (what, took,
            bound) in _recoveries.DefaultIfEmpty((string.Join("; ", _fired.Take(2)), default, default)))
            RecoveryTable.Add(new RecoveryRow(fault, what, took == default ? null : took, bound == default ? null
                : bound,
                rework?.LeasesLost ?? 0, rework?.Redone ?? 0, rework?.Planned ?? 0));
    }

    /// <summary>The API may tell of the publication before the node that wrote it down is done writing.</summary>
    private async Task<History> WholeHistoryAsync()
    {
        await Until.TrueAsync(() => History.OfStudy(Study).Count(FactKinds.Published) > 0, TimeSpan.FromSeconds(10),
            "the history tells of the publication");
        return History;
    }

    private Task<IReadOnlyList<JournalRow>> RowsAsync() => Postgres is { } server
        ? JournalReader.ReadAsync(server) : JournalReader.ReadSqliteAsync(Path.Combine(Work, "journal.db"));
}

/// <summary>What a fault excuses.</summary>
internal sealed record CheckOptions
{
    /// <summary>Steps that had to be done again by design, such as those of a result that was damaged.</summary>
    public int KnownSteps { get; init; }

    /// <summary>The fault is a slow worker, so copies are what is wanted.</summary>
    public bool Hedges { get; init; }

    public bool Rework { get; init; } = true;

    /// <summary>Off where clocks of nodes jump, so that their histories cannot be laid side by side.</summary>
    public bool Times { get; init; } = true;

    public bool Status { get; init; } = true;
}
