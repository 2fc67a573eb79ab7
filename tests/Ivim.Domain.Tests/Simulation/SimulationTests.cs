using System.Collections.Concurrent;
using System.Reflection;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Studies, owners, queue and workers while everything goes wrong that can go wrong.</summary>
public sealed class SimulationTests
{
    /// <summary>1500, or as many as IVIM_SIMULATION_SEEDS says.</summary>
    private static readonly int Seeds = (int)(Number("IVIM_SIMULATION_SEEDS") ?? 1500);

    /// <summary>A storm in which these never happen would prove nothing.</summary>
    private static readonly HashSet<string> DisturbingFacts =
    [
        "study AttemptFailed", "study ResultLost", "study Failed", "study Reopened", "study Cancelled",
        "maps AttemptFailed", "maps ResultLost", "maps Failed", "maps Reopened", "maps PublicationWanted",
        "maps Cancelled", "maps ResultDoubted", "maps Polished", "study PublicationAllowed",
    ];

    [Fact]
    public void Whatever_happens_nothing_is_lost_or_counted_twice_and_the_maps_are_those_of_an_undisturbed_run()
    {
        if (Number("IVIM_SIMULATION_SEED") is { } one)
        {
            Replay(one);
            return;
        }
        var failures = new ConcurrentBag<(ulong Seed, string Line)>();
        var facts = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        Parallel.For(1, Seeds + 1, seed =>
        {
            var world = Simulation.Run((ulong)seed, Protection.All);
            foreach (var fact in world.Facts) facts.TryAdd(fact, true);
            if (world.Violations.Count > 0) failures.Add(((ulong)seed, Describe((ulong)seed, world)));
        });

        Assert.True(failures.IsEmpty, $"{failures.Count} seeds fail\n"
            + string.Join("\n", failures.OrderBy(failure => failure.Seed).Take(20).Select(failure => failure.Line)));
        Assert.Empty(DisturbingFacts.Except(facts.Keys));
    }

    private static void Replay(ulong seed)
    {
        var moves = new List<string>();
        var world = Simulation.Run(seed, Protection.All, moves.Add);
        Assert.True(world.Violations.Count == 0, Describe(seed, world) + "\n" + string.Join("\n", moves));
    }

    private static string Describe(ulong seed, World world) =>
        $"seed={seed} faults={world.Faults}{Commit()} {world.Violations.Count} violations: "
        + string.Join("; ", world.Violations.Take(3));

    private static string Commit()
    {
        var version = typeof(Ivim.Domain.Work.QueueState).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        int plus = version?.IndexOf('+') ?? -1;
        return plus < 0 ? "" : $" commit={version![(plus + 1)..]}";
    }

    private static ulong? Number(string variable) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), out ulong number) ? number : null;
}
