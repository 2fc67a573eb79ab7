using System.Globalization;
using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Rules;

/// <summary>How pods start, are asked after, are taken away and end.</summary>
internal static class LifeRule
{
    /// <summary>After `grace` a worker's stages may take 5 s more until they obey.</summary>
    private const int EndingSeconds = 10;

    public static IEnumerable<string> Broken(RenderedChart chart) => chart.Workloads.SelectMany(workload =>
        Of(chart, workload).Select(what => $"{workload}: {what}"));

    private static IEnumerable<string> Of(RenderedChart chart, Workload workload)
    {
        var container = workload.Pod.Containers[0];
        if (workload.Pod.EnableServiceLinks != false) yield return "variables of services would be read as settings";
        if (workload.Component == "test") yield break;
        if (container.StartupProbe is null) yield return "no startup probe";
        if (workload.IsNode && LongestEnd(workload) >= workload.Pod.TerminationGracePeriodSeconds)
            yield return "it would be killed before its orderly end";
        if (workload.Component == "seed") foreach (string what in SeedProbes(container)) yield return what;
        if (!workload.IsNode) yield break;
        if (chart.All<V1PodDisruptionBudget>().Count(budget =>
                workload.IsSelectedBy(budget.Spec.Selector.MatchLabels)) != 1)
            yield return "not one disruption budget";
        if (workload.Pod.TopologySpreadConstraints is not { Count: > 0 } spread
            || spread.Any(constraint => !workload.IsSelectedBy(constraint.LabelSelector.MatchLabels)))
            yield return "its pods are not spread";
    }

    private static double LongestEnd(Workload workload) =>
        double.Parse(workload.Argument("grace") ?? "0", CultureInfo.InvariantCulture) + EndingSeconds
        + (workload.Pod.Containers[0].Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);

    /// <summary>A seed that waits for its database lives; killing it would help nobody.</summary>
    private static IEnumerable<string> SeedProbes(V1Container seed)
    {
        if (seed.StartupProbe?.HttpGet?.Path != "/healthz/live") yield return "its start would wait for the database";
        if (seed.LivenessProbe?.HttpGet?.Path != "/healthz/live") yield return "its life hangs on the database";
        if (seed.ReadinessProbe?.HttpGet?.Path != "/healthz/ready") yield return "callers are led to it too early";
        // A journal that hangs is known after 3 s; a probe must hear the answer.
        if (seed.ReadinessProbe?.TimeoutSeconds is not > 5) yield return "its readiness probe is impatient";
    }
}
