using Ivim.Hosting.Journals;
using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Nodes;

/// <summary>Settings that are each right and do not go together.</summary>
internal static class NodeOptionsCheck
{
    public static void Check(NodeOptions options)
    {
        if (options.Tls is not null && options.Insecure && !HasPlainOpenApi(options))
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
        if (options is { Role: NodeRoles.Seed, Api: { } api }) CheckApi(options, api);
    }

    /// <summary>The token must not travel where others can read it, and without one nobody can call.</summary>
    private static void CheckApi(NodeOptions options, Uri api)
    {
        if (api.Scheme == Uri.UriSchemeHttps && options.Tls is null)
            throw NodeRefusals.Setting("an https API without a certificate", "a tls folder beside it");
        if (HasPlainOpenApi(options) && !options.Insecure)
            throw new RefusalException("API-EXPOSED", "an HTTP API beyond loopback without TLS",
                "https, or loopback", "give --api https://... and --tls FOLDER, or --insecure on a trusted network");
        if (options.Token is null)
            throw new RefusalException("API-UNGUARDED", "an HTTP API without a token", "one that its callers know",
                "give --token-file FILE or IVIM_TOKEN, or --api off");
    }

    private static bool HasPlainOpenApi(NodeOptions options) =>
        options is { Role: NodeRoles.Seed, Api: { Scheme: "http" } api } && !Exposure.IsLoopback(api.DnsSafeHost);

    private static void CheckTimes(NodeOptions options)
    {
        if (options.HeartbeatPause < 2 * options.Heartbeat)
            throw NodeRefusals.Setting("a heartbeat-pause below two heartbeats", "room for a late heartbeat");
        if (options.Lease <= options.HeartbeatPause)
            throw NodeRefusals.Setting("a lease no longer than the heartbeat-pause",
                "a lease that outlasts a pause of the network");
    }
}
