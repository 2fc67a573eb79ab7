using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Hosting.Planning;

namespace Ivim.Hosting.Tests.Planning;

public sealed class StudyPlannerTests : IDisposable
{
    private static readonly Protocol Four = new() { Ensemble = new EnsembleRules { Members = 4 } };

    private readonly KeptRuns _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task Two_more_members_are_two_more_trainings_and_nothing_else_is_trained()
    {
        var last = await MappedAsync(Four);
        var six = KeptRuns.Wanted(Four with { Ensemble = new EnsembleRules { Members = 6 } }, "a");
        var plan = await PlanAsync(six, last);

        Assert.Equal((0, 2 + 2 * KeptRuns.Slabs), (plan.Items.Computed["prepare"], plan.Items.Computed["train"]));
        Assert.Equal(("ensemble.members", "4", "6"),
            Assert.Single(plan.Changes) is var change ? (change.Name, change.Before, change.Now) : default);
        // New members have no key in the last run to differ from.
        Assert.Empty(plan.KeyFields);
        Assert.Equal(2 + 2 * KeptRuns.Slabs, _kept.Run(six).Computed[Stage.Train]);
        Assert.Equal((last.Study.Value, false), (plan.LastStudy, plan.Exact));
    }

    [Fact]
    public async Task Another_merge_trains_nothing_and_its_key_says_why()
    {
        var last = await MappedAsync(Four);
        var mean = KeptRuns.Wanted(
            Four with { Ensemble = Four.Ensemble with { Merge = MergeRules.Mean } }, "a");
        var plan = await PlanAsync(mean, last);

        Assert.Equal((0, KeptRuns.Slabs), (plan.Items.Computed["train"], plan.Items.Computed["merge"]));
        Assert.Equal(["protocol.ensemble.merge"], plan.KeyFields["merge"]);
        var run = _kept.Run(mean);
        Assert.Equal((0, KeptRuns.Slabs), (run.Computed.GetValueOrDefault(Stage.Train), run.Computed[Stage.Merge]));
    }

    [Fact]
    public async Task The_time_is_that_of_like_items_in_rounds_of_all_workers()
    {
        var last = await MappedAsync(Four);
        var mean = KeptRuns.Wanted(
            Four with { Ensemble = Four.Ensemble with { Merge = MergeRules.Mean } }, "a");
        // Made-up items took 2 s each: two merges at once, then one polish, assemble and publish each.
        Assert.Equal(2 * 4, (await PlanAsync(mean, last, workers: 2)).Seconds);
        Assert.Equal(2 * 5, (await PlanAsync(mean, last, workers: 1)).Seconds);
    }

    [Fact]
    public async Task A_broken_off_run_goes_on_where_it_was()
    {
        var wanted = KeptRuns.Wanted(Four, "a");
        _kept.Run(wanted, item => item.Stage is Stage.Prepare || item.IsWeights);
        var plan = await PlanAsync(wanted, null);
        Assert.Equal((5, 4 * KeptRuns.Slabs, (string?)null), (plan.Items.Reused.Values.Sum(),
            plan.Items.Computed["train"], plan.LastStudy));
    }

    [Fact]
    public async Task A_scan_that_cannot_be_read_is_refused_only_where_it_has_to_be_prepared()
    {
        var last = await MappedAsync(Four);
        var refused = await Assert.ThrowsAsync<Ivim.Physics.RefusalException>(() => PlanAsync(
            KeptRuns.Wanted(Four with { Slabs = new SlabRules { Slices = 3 } }, "a"), last));
        Assert.Equal("FILE-MISSING", refused.Code);
    }

    private async Task<LastRun> MappedAsync(Protocol protocol)
    {
        var wanted = KeptRuns.Wanted(protocol, "a");
        _kept.Run(wanted);
        return (await LastRun.OfAsync(_kept.View, wanted.Dossier.Image, CancellationToken.None))!;
    }

    private Task<PlanReport> PlanAsync(WantedStudy wanted, LastRun? last, int workers = 1) =>
        new StudyPlanner(_kept.View).RunAsync(wanted, last, workers, rehearseOn: null, CancellationToken.None);
}
