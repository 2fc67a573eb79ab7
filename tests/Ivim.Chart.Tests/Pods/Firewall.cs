using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Pods;

/// <summary>The network policies of a chart as rules of the kernel, in the namespace of each pod.</summary>
/// <remarks>
/// They decide about the opening of connections, so the packet that opens one is looked at alone. As in a cluster the
/// node reaches its pods whatever the policies say.
/// </remarks>
internal sealed class Firewall(RenderedChart chart, IReadOnlyList<LocalPod> pods, string node)
{
    private const string Continuing = "tcp flags & (syn | ack) != syn accept", Drop = "policy drop ;";

    public void Close()
    {
        Skip.IfNot(Command.IsInstalled("nft"), "no nft here: apt-get install nftables");
        foreach (var pod in pods) Close(pod);
    }

    private void Close(LocalPod pod)
    {
        var policies = chart.All<V1NetworkPolicy>()
            .Where(policy => pod.Workload.IsSelectedBy(policy.Spec.PodSelector.MatchLabels)).ToList();
        if (policies.Count == 0) return;
        string[] rules =
        [
            "add table inet pod",
            "add chain inet pod in { type filter hook input priority 0 ; " + Drop + " }",
            "add chain inet pod out { type filter hook output priority 0 ; " + Drop + " }",
            "add rule inet pod in iif lo accept", "add rule inet pod out oif lo accept",
            "add rule inet pod in " + Continuing, "add rule inet pod out " + Continuing,
            $"add rule inet pod in ip saddr {node} accept",
            .. policies.SelectMany(policy => policy.Spec.Ingress ?? []).SelectMany(rule =>
                Opened(rule.Ports, rule.FromProperty, "saddr")).Select(what => "add rule inet pod in " + what),
            .. policies.SelectMany(policy => policy.Spec.Egress ?? []).SelectMany(rule =>
                Opened(rule.Ports, rule.To, "daddr")).Select(what => "add rule inet pod out " + what),
        ];
        Command.Run(pod.Place.Enter[0], [.. pod.Place.Enter.Skip(1), "nft", string.Join(" ; ", rules.Distinct())]);
    }

    private IEnumerable<string> Opened(
        IList<V1NetworkPolicyPort> ports, IList<V1NetworkPolicyPeer>? peers, string side)
    {
        var addresses = (peers ?? []).SelectMany(AddressesOf).ToList();
        string from = peers is { Count: > 0 } ? $"ip {side} {{ {string.Join(", ", addresses)} }} " : "";
        if (peers is { Count: > 0 } && addresses.Count == 0) yield break;
        foreach (var port in ports)
            yield return $"{from}{port.Protocol.ToUpperInvariant() switch { "UDP" => "udp", _ => "tcp" }} "
                + $"dport {port.Port.Value} accept";
    }

    private IEnumerable<string> AddressesOf(V1NetworkPolicyPeer peer) =>
        peer is { NamespaceSelector: null, IpBlock: null }
            ? pods.Where(pod => pod.Workload.IsSelectedBy(peer.PodSelector.MatchLabels))
                .Select(pod => pod.Place.Address.ToString())
            : [];
}
