using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>What `up` makes of a cluster that was up before, from what is asked now. Pure.</summary>
internal static class ClusterPlan
{
    private const int UsualSeeds = 1, UsualWorkers = 2;

    /// <param name="before">Null where no cluster was ever started.</param>
    /// <param name="journalFile">The file that the asked journal's URL lies in; null for SQLite.</param>
    /// <param name="anyRuns">Whether some process of it runs; only workers can join a cluster that does.</param>
    /// <exception cref="RefusalException">`CLUSTER-SMALLER` or `CLUSTER-DIFFERS`.</exception>
    public static ClusterSettings Settings(
        ClusterSettings? before, ClusterWishes wishes, string? journalFile, bool anyRuns)
    {
        var asked = Asked(before ?? new ClusterSettings { Seeds = UsualSeeds, Workers = UsualWorkers }, wishes) with
        {
            JournalFile = wishes is { Journal: null, JournalFile: null } ? before?.JournalFile : journalFile,
        };
        if (before is null || !anyRuns) return asked;
        if (asked.Workers < before.Workers || asked.Seeds < before.Seeds) throw Smaller(before, asked);
        if (asked with { Workers = before.Workers } != before) throw Differs();
        return asked;
    }

    /// <summary>The old nodes with their ports, and new ones with ports of their own.</summary>
    public static IReadOnlyList<LocalNode> Nodes(
        IReadOnlyList<LocalNode> before, ClusterSettings settings, FreePorts ports)
    {
        var nodes = new List<LocalNode>();
        for (int number = 1; number <= settings.Seeds; number++) nodes.Add(Node(LocalNode.Seed, number));
        for (int number = 1; number <= settings.Workers; number++) nodes.Add(Node(LocalNode.Worker, number));
        return nodes;

        LocalNode Node(string role, int number)
        {
            if (before.FirstOrDefault(node => node.Role == role && node.Number == number) is { } known) return known;
            var reserved = PortsOf([.. before, .. nodes]);
            int port = ports.Next(reserved);
            return new LocalNode(
                role, number, port, role == LocalNode.Seed ? ports.Next([.. reserved, port]) : null);
        }
    }

    /// <summary>
    /// New ports for nodes about to start where another program took theirs. A seed's own port stays while other nodes
    /// run, because they know the seed by it.
    /// </summary>
    /// <exception cref="RefusalException">`PORTS-TAKEN`.</exception>
    public static IReadOnlyList<LocalNode> OnFreePorts(
        IReadOnlyList<LocalNode> nodes, Func<LocalNode, bool> isAlive, FreePorts ports)
    {
        var moved = nodes.ToArray();
        bool anyRuns = nodes.Any(isAlive);
        for (int index = 0; index < moved.Length; index++)
        {
            var node = moved[index];
            if (isAlive(node)) continue;
            if (!ports.IsFree(node.Port))
            {
                if (node.Role == LocalNode.Seed && anyRuns) throw SeedPortTaken(node);
                moved[index] = node = node with { Port = ports.Next(PortsOf(moved)) };
            }
            if (node.ApiPort is { } api && !ports.IsFree(api))
                moved[index] = node with { ApiPort = ports.Next(PortsOf(moved)) };
        }
        return moved;
    }

    private static IEnumerable<int> PortsOf(IReadOnlyList<LocalNode> nodes) =>
        nodes.Select(node => node.Port).Concat(nodes.Where(node => node.ApiPort is not null)
            .Select(node => node.ApiPort!.Value));

    private static ClusterSettings Asked(ClusterSettings before, ClusterWishes wishes) => before with
    {
        Seeds = wishes.Seeds ?? before.Seeds,
        Workers = wishes.Workers ?? before.Workers,
        Slots = wishes.Slots ?? before.Slots,
        Timings = wishes.Timings ?? before.Timings,
        Device = wishes.Device ?? before.Device,
        History = wishes.History ?? before.History,
    };

    private static RefusalException Smaller(ClusterSettings before, ClusterSettings asked) =>
        new("CLUSTER-SMALLER",
            $"{asked.Seeds} seeds and {asked.Workers} workers asked where {before.Seeds} and {before.Workers} run",
            "as many or more workers", "end it with `ivim cluster down` first");

    private static RefusalException Differs() =>
        new("CLUSTER-DIFFERS", "other options than those of the cluster that runs here", "the same, or more workers",
            "leave them out, or end it with `ivim cluster down` first");

    private static RefusalException SeedPortTaken(LocalNode node) =>
        new("PORTS-TAKEN", $"another program on {node.Address}, where the other nodes look for {node.Name}",
            "that port to be free", "end that program, or use `ivim cluster down` and then `up`");
}
