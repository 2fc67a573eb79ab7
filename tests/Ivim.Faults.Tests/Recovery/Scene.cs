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

    public IReadOnlyList<Outage> Outages => _outages;

    /// <summary>What the API said of the study while it was waited for.</summary>
    public IReadOnlyList<StatusSample> Samples => _samples;

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
        }, Until.Hang, () => $"the study was taken; last answer {last}");
        return (string)receipt["study"]!;
    }

    /// <summary>Of the workers that are up; then they are killed.</summary>
    public async Task<string> LearnNumericClassAsync()
    {
        var sight = await Until.FoundAsync(
            async () => await Cluster.Api.ClusterAsync() is { Workers.Count: > 0 } some ? some : null,
            Until.Hang, () => "a worker is heard of");
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
        var took = await Until.TrueAsync(
            () => goesOn(History), 3 * bound + TimeSpan.FromSeconds(30), $"{what}: work went on");
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
    public Task CheckAsync(CheckOptions? options = null) =>
        new FinalCheck(this).RunAsync(options ?? new CheckOptions());

    /// <summary>Lines of the table, also for tests whose study is not meant to be published.</summary>
    public void Write(Rework? rework)
    {
        if (_recoveries.Count == 0) Write(string.Join("; ", _fired.Take(2)), null, null, rework);
        foreach (var (what, took, bound) in _recoveries) Write(what, took, bound, rework);
    }

    private void Write(string what, TimeSpan? took, TimeSpan? bound, Rework? rework) =>
        RecoveryTable.Add(new RecoveryRow(
        fault, what, took, bound, rework?.LeasesLost ?? 0, rework?.Redone ?? 0, rework?.Planned ?? 0));
}
