using Ivim.Hosting.Journals;
using Ivim.Hosting.Security;

namespace Ivim.Hosting.Nodes;

/// <summary>Settings that are each right and do not go together.</summary>
internal static class NodeOptionsCheck
{
    public static void Check(NodeOptions options)
    {
        if (options.Tls is not null && options.Insecure)
            throw NodeRefusals.Contradiction("both tls and insecure", "one of them");
        Exposure.Require(options.Bind, hasTls: options.Tls is not null, options.Insecure);
        if (options is { Role: NodeRoles.Worker, Seeds.IsEmpty: true })
            throw NodeRefusals.Setting("a worker without seeds", "the addresses of the seeds");
        if (options is { Role: NodeRoles.Seed, Port: 0, Seeds.IsEmpty: false })
            throw NodeRefusals.Contradiction("a seed in a list of seeds and on any free port", "a port of its own");
        if (options.Seeds.Distinct().Count() < options.Seeds.Length)
            throw NodeRefusals.Setting("a seed named twice", "each seed once");
        CheckTimes(options);
        if (options.Journal is { } journal) JournalAddress.Parse(journal);
    }

    private static void CheckTimes(NodeOptions options)
    {
        if (options.HeartbeatPause < 2 * options.Heartbeat)
            throw NodeRefusals.Setting("a heartbeat-pause below two heartbeats", "room for a late heartbeat");
        if (options.Lease <= options.HeartbeatPause)
            throw NodeRefusals.Setting("a lease no longer than the heartbeat-pause",
                "a lease that outlasts a pause of the network");
    }
}
