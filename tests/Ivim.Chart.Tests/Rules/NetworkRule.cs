using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Rules;

/// <summary>All pods are closed, and between them exactly the needed ports are open.</summary>
internal static class NetworkRule
{
    /// <summary>Who listens on which port for whom; `else` is somebody outside of the release.</summary>
    private static readonly (string From, string To, string Port)[] Needed =
    [
        ("seed", "seed", NodePorts.Node), ("seed", "worker", NodePorts.Node), ("worker", "seed", NodePorts.Node),
        ("worker", "worker", NodePorts.Node), ("test", "seed", NodePorts.Api),
        ("seed", "postgresql", NodePorts.Database),
    ];

    /// <param name="databasePort">Where the journal's database is, if it is none of the chart's.</param>
    public static IEnumerable<string> Broken(RenderedChart chart, string databasePort)
    {
        var policies = chart.All<V1NetworkPolicy>().ToList();
        if (policies.Count == 0) yield break;
        var components = chart.Workloads.Select(workload => workload.Component).Distinct().ToHashSet();
        foreach (var workload in chart.Workloads.Where(workload => !policies.Any(policy => Closes(policy, workload))))
            yield return $"{workload} is not closed";
        var needed = Needed.Where(way => components.Contains(way.From) && components.Contains(way.To)).ToHashSet();
        foreach (string what in Difference("into", needed, Open(chart, Ingress))) yield return what;
        var outward = needed.Concat(components.Where(component => component != "postgresql")
            .Select(component => (component, Else, "53")));
        if (!components.Contains("postgresql")) outward = outward.Append(("seed", Else, databasePort));
        foreach (string what in Difference("out of", outward.ToHashSet(), Open(chart, Egress))) yield return what;
    }

    private const string Else = "else";

    private static bool Closes(V1NetworkPolicy policy, Workload workload) =>
        policy.Spec is { Ingress: null or { Count: 0 }, Egress: null or { Count: 0 } }
        && policy.Spec.PolicyTypes is { } types && types.Contains("Ingress") && types.Contains("Egress")
        && workload.IsSelectedBy(policy.Spec.PodSelector.MatchLabels);

    private static IEnumerable<string> Difference(
        string side, HashSet<(string From, string To, string Port)> needed,
        HashSet<(string From, string To, string Port)> open) =>
        needed.Except(open).Select(way => $"{way.From} cannot reach {way.To}:{way.Port} ({side} the pod)")
        .Concat(open.Except(needed).Select(way => $"{way.From} reaches {way.To}:{way.Port} ({side} the pod)"));

    /// <summary>The ways that the policies of one direction open, between workloads and to anybody else.</summary>
    private static HashSet<(string From, string To, string Port)> Open(RenderedChart chart,
        Func<V1NetworkPolicySpec, IEnumerable<(IList<V1NetworkPolicyPeer> Peers, string Port, bool IsInward)>> rules) =>
    [
        .. from policy in chart.All<V1NetworkPolicy>()
           from own in chart.Workloads.Where(workload =>
               workload.IsSelectedBy(policy.Spec.PodSelector.MatchLabels)).Select(own => own.Component).Distinct()
           from rule in rules(policy.Spec)
           from other in Peers(chart, rule.Peers)
           where !(rule.IsInward && other == Else)
           select rule.IsInward ? (other, own, rule.Port) : (own, other, rule.Port),
    ];

    private static IEnumerable<(IList<V1NetworkPolicyPeer>, string, bool)> Ingress(V1NetworkPolicySpec spec) =>
        (spec.Ingress ?? []).SelectMany(rule => PortsOf(rule.Ports).Select(port => (rule.FromProperty, port, true)));

    private static IEnumerable<(IList<V1NetworkPolicyPeer>, string, bool)> Egress(V1NetworkPolicySpec spec) =>
        (spec.Egress ?? []).SelectMany(rule => PortsOf(rule.Ports).Select(port => (rule.To, port, false)));

    private static IEnumerable<string> PortsOf(IList<V1NetworkPolicyPort>? ports) =>
        ports is { Count: > 0 } ? ports.Select(port => port.Port?.Value ?? "any") : ["any"];

    /// <summary>Of no peers at all: anybody; of one with a namespace of its own or an address: somebody else.</summary>
    private static IEnumerable<string> Peers(RenderedChart chart, IList<V1NetworkPolicyPeer> peers) =>
        peers is null or { Count: 0 } ? [Else]
        : peers.SelectMany(peer => peer is { NamespaceSelector: null, IpBlock: null }
            ? chart.Workloads.Where(workload => workload.IsSelectedBy(peer.PodSelector.MatchLabels))
                .Select(workload => workload.Component)
            : [Else]).Distinct();
}
