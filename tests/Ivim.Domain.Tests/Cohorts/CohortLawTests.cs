using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Ivim.Domain.Cohorts;
using Xunit.Abstractions;
using static Ivim.Domain.Tests.Cohorts.CohortGiven;

namespace Ivim.Domain.Tests.Cohorts;

/// <summary>What holds after any history: words from outside come late, twice, in any order or never.</summary>
public sealed class CohortLawTests(ITestOutputHelper output)
{
    private const int Entries = 6, Limit = 3;

    private static readonly Gen<CohortEntry> AnyEntry = Gen.Select(Gen.Int[0, Entries - 1], Gen.Int[0, 1],
        (number, hash) => Entry(number, number < 3 ? "A" : number < 5 ? "B" : "C", number % 2, $"{hash}"));

    private static readonly Gen<Func<CohortState, Decision<CohortEvent>>> Commands = Gen.OneOf<CohortCommand>(
        AnyEntry.Array[1, 3].Select(CohortCommand (entries) => Submit([.. entries.DistinctBy(e => e.Pseudonym)])),
        Gen.Bool.Select(CohortCommand (other) =>
            new CohortCommand.ChangeProtocol(Id, other ? OtherProtocol : Protocol, Given.Noon)),
        Gen.Const<CohortCommand>(new CohortCommand.Pause(Id, Given.Noon)),
        Gen.Const<CohortCommand>(new CohortCommand.SetLimit(Id, 3, Given.Noon)),
        Gen.Const<CohortCommand>(new CohortCommand.Resume(Id, Given.Noon)),
        Gen.Int[-1, Entries - 1].Select(CohortCommand (number) =>
            new CohortCommand.Cancel(Id, Name(number), Given.Noon)),
        Gen.Select(Gen.Int[-1, Entries - 1], Gen.Bool, CohortCommand (number, all) =>
            new CohortCommand.Retry(Id, Name(number), all, Given.Noon)))
        .Select(command => (Func<CohortState, Decision<CohortEvent>>)(cohort => cohort.Decide(command)));

    /// <summary>About the present admission, or one to three earlier.</summary>
    private static readonly Gen<Func<CohortState, Decision<CohortEvent>>> News =
        Gen.Select(Gen.Int[0, Entries - 1], Gen.Int[0, 4], Gen.Int[-3, 3]).Select(parts =>
            (Func<CohortState, Decision<CohortEvent>>)(cohort =>
            {
                var (number, kind, late) = parts;
                long turn = (number < cohort.Entries.Count ? cohort.Entries[number].Turn : 0) + Math.Min(0, late);
                return cohort.Decide(kind switch
                {
                    0 => new CohortNews.Filed(number, turn, StudyOf(number, cohort.Version)),
                    1 => new CohortNews.Published(number, turn, Given.Noon),
                    2 => new CohortNews.Failed(number, turn, "STAGE-FAILED", Given.Noon),
                    3 => new CohortNews.Stopped(number, turn),
                    _ => (CohortNews)new CohortNews.Refused(number, turn, "FILE-MISSING", Given.Noon),
                });
            }));

    private static readonly Gen<Func<CohortState, Decision<CohortEvent>>[]> Histories = Gen.Frequency(
        (2, Commands), (4, News), (3, Gen.Const<Func<CohortState, Decision<CohortEvent>>>(c => c.Admit(Limit))))
        .Array[0, 40];

    [Fact]
    public void Whatever_was_counted_on_the_way_is_what_a_recount_finds() => Histories.Sample(history =>
    {
        var cohort = history.Aggregate(Cohort(Entry(0)), Step);
        var recounted = CohortState.From(cohort.ToSnapshot());
        return Text(cohort) == Text(recounted) && cohort.Running <= Limit;
    }, iter: 2000);

    [Fact]
    public void Killed_between_any_two_events_it_goes_on_as_if_it_had_not_been()
        => Gen.Select(Histories, Gen.Int[0, 80]).Sample((history, cut) =>
        {
            var facts = new List<CohortEvent>();
            var cohort = CohortState.Unborn;
            foreach (var step in history.Prepend(c => c.Decide(Submit(Entry(0), Entry(3)))))
                foreach (var fact in step(cohort) is Decision<CohortEvent>.Accepted yes ? yes.Events : [])
                {
                    facts.Add(fact);
                    cohort = cohort.Apply(fact);
                }
            var early = facts.Take(cut).Aggregate(CohortState.Unborn, (state, fact) => state.Apply(fact));
            var back = facts.Skip(cut).Aggregate(
                early.Exists ? CohortState.From(early.ToSnapshot()) : early, (state, fact) => state.Apply(fact));
            return Text(back) == Text(cohort);
        }, iter: 1000);

    [Fact]
    public void What_is_told_twice_changes_nothing_the_second_time() =>
        Gen.Select(Histories, Gen.OneOf(Commands, News)).Sample((history, last) =>
        {
            var cohort = Step(history.Aggregate(Cohort(Entry(0)), Step), last);
            return Text(Step(cohort, last)) == Text(cohort);
        }, iter: 2000);

    [Fact]
    public void Who_is_admitted_has_the_highest_priority_and_of_these_the_centre_with_the_fewest_at_work() =>
        Histories.Sample(history =>
        {
            var cohort = history.Aggregate(Cohort(Entry(0)), Step);
            if (cohort.Admit(Limit, most: 1) is not Decision<CohortEvent>.Accepted { Events: [CohortEvent.Admitted e] })
                return cohort.IsPaused || cohort.Running >= Limit
                    || cohort.Entries.All(entry => entry.Phase != CohortEntryPhase.Waiting);
            var chosen = cohort.Entries[e.Entries.Single()].Entry;
            var running = cohort.Centres.ToDictionary(centre => centre.Centre, centre => centre.Running);
            return cohort.Entries.Where(entry => entry.Phase == CohortEntryPhase.Waiting).All(other =>
                other.Entry.Priority < chosen.Priority || other.Entry.Priority == chosen.Priority
                    && running[other.Entry.Centre] >= running[chosen.Centre]);
        }, iter: 2000);

    [Fact]
    public void Every_history_comes_to_rest_when_the_world_answers() => Histories.Sample(history =>
    {
        var cohort = history.Aggregate(Cohort(Entry(0)), Step).After(new CohortCommand.Resume(Id, Given.Noon));
        for (int round = 0; round < 4 * Entries && !cohort.IsAtRest; round++)
        {
            cohort = cohort.Admitted(Limit);
            foreach (int number in cohort.InFlight.ToList())
                cohort = cohort.PhaseOf(number) == CohortEntryPhase.Stopping ? cohort.Stopped(number)
                    : cohort.Published(number);
        }
        return cohort.IsAtRest && cohort.Centres.Sum(centre => centre.Open) == 0;
    }, iter: 1000);

    /// <summary>IVIM_MEASURE=1 tells what a big cohort costs; nothing is asserted about times.</summary>
    [SkippableFact]
    public void A_cohort_of_a_hundred_thousand_is_measured()
    {
        Skip.If(Environment.GetEnvironmentVariable("IVIM_MEASURE") is null, "a measurement, asked for by IVIM_MEASURE");
        const int count = 100_000;
        long start = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var cohort = Enumerable.Range(0, count).Select(number => Entry(number, $"C{number % 20}"))
            .Chunk(CohortCommand.MostEntries).Aggregate(CohortState.Unborn, (state, some) => state.After(Submit(some)));
        output.WriteLine($"submitted: {watch.Elapsed.TotalSeconds:F2} s, "
            + $"{(GC.GetTotalMemory(forceFullCollection: true) - start) / count} bytes an entry");
        watch.Restart();
        while (!cohort.IsAtRest)
        {
            cohort = cohort.Admitted(16);
            foreach (int number in cohort.InFlight.ToList()) cohort = cohort.Published(number);
        }
        output.WriteLine($"run through: {watch.Elapsed.TotalSeconds:F2} s");
        watch.Restart();
        cohort = cohort.After(new CohortCommand.ChangeProtocol(Id, OtherProtocol, Given.Noon));
        output.WriteLine($"protocol changed: {watch.Elapsed.TotalSeconds:F2} s");
        watch.Restart();
        Assert.Equal(count, CohortState.From(cohort.ToSnapshot()).Entries.Count);
        output.WriteLine($"snapshot and back: {watch.Elapsed.TotalSeconds:F2} s");
    }

    private static CohortState Step(CohortState cohort, Func<CohortState, Decision<CohortEvent>> decide) =>
        decide(cohort) is Decision<CohortEvent>.Accepted { Events: var events }
            ? events.Aggregate(cohort, (state, fact) => state.Apply(fact)) : cohort;

    private static string Name(int number) => number < 0 ? "" : Entry(number).Pseudonym;

    private static string Text(CohortState cohort) => JsonSerializer.Serialize(new
    {
        Parts = cohort.Exists ? cohort.ToSnapshot() : null,
        cohort.Centres,
        cohort.Codes,
        cohort.Running,
        InFlight = cohort.InFlight.ToImmutableArray(),
        Next = cohort.Admit(int.MaxValue) is Decision<CohortEvent>.Accepted { Events: [CohortEvent.Admitted e] }
            ? e.Entries : [],
    });
}
