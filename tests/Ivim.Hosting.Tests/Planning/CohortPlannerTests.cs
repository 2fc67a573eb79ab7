using System.Diagnostics;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Planning;
using Xunit.Abstractions;

namespace Ivim.Hosting.Tests.Planning;

public sealed class CohortPlannerTests(ITestOutputHelper output) : IDisposable
{
    private const int PerMember = 1 + KeptRuns.Slabs;

    private static readonly Protocol Four = With(members: 4);

    private readonly KeptRuns _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task Two_more_members_are_two_trainings_and_their_maps_in_every_study_as_the_runs_then_show()
    {
        var cohort = new KeptCohort(_kept, 3);
        cohort.Run(Four);
        var plan = await cohort.PlanAsync(With(members: 6));

        Assert.Equal((3, 0, 0), (plan.Planned, plan.Unprepared, plan.Unread));
        Assert.Equal((0, 3 * 2 * PerMember), (plan.Items.Computed["prepare"], plan.Items.Computed["train"]));
        Assert.Equal(new CohortChange("ensemble.members", "4", "6", 3), Assert.Single(plan.Changes));
        Assert.Equal(plan.Items.Computed["train"], cohort.Run(With(members: 6)).Sum());
        var again = await cohort.PlanAsync(With(members: 6));
        Assert.Equal((0, 3), (again.Items.Computed["train"], again.Items.Computed["publish"]));
    }

    [Fact]
    public async Task Another_merge_trains_nothing_and_its_time_is_that_of_what_was_timed()
    {
        var cohort = new KeptCohort(_kept, 3);
        cohort.Run(Four);
        var plan = await cohort.PlanAsync(Four with { Ensemble = Four.Ensemble with { Merge = MergeRules.Mean } });

        Assert.Equal((0, 3 * KeptRuns.Slabs), (plan.Items.Computed["train"], plan.Items.Computed["merge"]));
        // Merges, and a polish and an assembly for each study, 2 s each by two workers; no publication was ever timed.
        Assert.Null(plan.Seconds);
        Assert.Equal(2, Assert.Single(plan.Stages, stage => stage.Kind == "merge").SecondsEach);
        Assert.Equal(["prepare", "train/study", "train/slabs", "merge", "polish", "assemble", "publish"],
            plan.Stages.Select(stage => stage.Kind));
    }

    [Fact]
    public async Task A_centre_keeps_its_own_changes_and_one_scan_twice_is_one_study()
    {
        var cohort = new KeptCohort(_kept, 3, site: new { seed = 7 });
        cohort.Run(Four, image: number => Math.Min(number, 1));
        var plan = await cohort.PlanAsync(Four with { Seed = 9 });

        Assert.Equal(3, plan.Planned);
        // The centre's seed wins over the cohort's, old or new: nothing changes there.
        Assert.Equal(new CohortChange("seed", "1", "9", 2), Assert.Single(plan.Changes));
        Assert.Equal((4 * PerMember, 4 * PerMember), (plan.Items.Reused["train"], plan.Items.Computed["train"]));
    }

    [Fact]
    public async Task Entries_that_wait_again_are_planned_and_those_never_read_cancelled_or_refused_are_told()
    {
        var cohort = new KeptCohort(_kept, 5);
        cohort.Run(Four, number => number < 3);
        cohort.Entries[0] = CohortEntryState.Of(cohort.Entries[0].Entry);
        cohort.Entries[1] = cohort.Entries[1] with { Phase = CohortEntryPhase.Cancelled };
        cohort.Entries[4] = cohort.Entries[4] with { Phase = CohortEntryPhase.Refused, Code = "FILE-MISSING" };
        var plan = await cohort.PlanAsync(Four);
        Assert.Equal((2, 2, 1, false), (plan.Planned, plan.Unread, plan.Cancelled, plan.Exact));

        // Cut otherwise, each has to be prepared anew, which its image is missing for.
        var cut = await cohort.PlanAsync(Four with { Slabs = new SlabRules { Slices = 3 } });
        Assert.Equal((0, "FILE-MISSING", 2),
            (cut.Planned, Assert.Single(cut.Codes).Code, cut.Codes[0].Entries));
    }

    /// <summary>IVIM_MEASURE=1 tells how long the plan of a big cohort takes; no time is asserted.</summary>
    [SkippableFact]
    public async Task A_plan_of_ten_thousand_entries_is_measured()
    {
        Skip.If(Environment.GetEnvironmentVariable("IVIM_MEASURE") is null, "a measurement; IVIM_MEASURE asks for it");
        const int entries = 10_000;
        var clock = Stopwatch.StartNew();
        var cohort = new KeptCohort(_kept, entries);
        cohort.Run(Four);
        output.WriteLine($"made up in {clock.Elapsed.TotalSeconds:F1} s");
        foreach (var (name, protocol) in new[] { ("the same", Four), ("six members", With(members: 6)) })
        {
            (long before, clock) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
            var plan = await cohort.PlanAsync(protocol);
            output.WriteLine($"{name}: {plan.Planned} entries, {plan.Stages.Sum(stage => stage.Total)} items in "
                + $"{clock.Elapsed.TotalSeconds:F1} s, {(GC.GetTotalAllocatedBytes() - before) >> 20} MiB allocated, "
                + $"{GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB held");
            Assert.Equal(entries, plan.Planned);
        }
    }

    private static Protocol With(int members) => new() { Ensemble = new EnsembleRules { Members = members } };
}
