using Ivim.Domain.Protocols;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Study, aggregator and queue on a network that loses, repeats and reorders; machines die.</summary>
public sealed class SimulationTests
{
    /// <summary>500, or as many as IVIM_SIMULATION_SEEDS says.</summary>
    private static readonly ulong Seeds =
        ulong.TryParse(Environment.GetEnvironmentVariable("IVIM_SIMULATION_SEEDS"), out ulong seeds) ? seeds : 500;

    /// <summary>A storm in which these never happen would prove nothing.</summary>
    private static readonly HashSet<string> DisturbingFacts =
    [
        "study AttemptFailed", "study ResultLost", "study Failed", "study Reopened",
        "maps AttemptFailed", "maps ResultLost", "maps Failed", "maps Reopened", "maps PublicationWanted",
    ];

    public static TheoryData<string> Scopes => [.. TrainingScopes.All];

    [Theory, MemberData(nameof(Scopes))]
    public void Whatever_happens_the_study_is_published_with_the_maps_of_an_undisturbed_run(string scope)
    {
        var undisturbed = new World(0, scope);
        undisturbed.Calm(4_000);
        Assert.True(undisturbed.IsPublished);
        var failures = new List<string>();
        var facts = new HashSet<string>();

        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var world = new World(seed, scope);
            world.Storm(moves: 1500);
            int moves = world.Calm(limit: 4_000);
            facts.UnionWith(world.Owners.Facts);
            if (!world.IsPublished || moves == 4_000)
                failures.Add($"seed {seed}: {world}, {moves} moves");
            else if (!world.Maps.SequenceEqual(undisturbed.Maps))
                failures.Add($"seed {seed}: other maps");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.Superset(DisturbingFacts, facts);
    }
}
