using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Rules;

/// <summary>Secrets are made by whoever installs, and reach programs as files alone.</summary>
internal static class SecretRule
{
    private static readonly string[] Telling = ["PASSWORD", "TOKEN", "SECRET", "JOURNAL"];

    public static IEnumerable<string> Broken(RenderedChart chart)
    {
        foreach (var secret in chart.All<V1Secret>()) yield return $"the chart holds Secret {secret.Metadata.Name}";
        foreach (var map in chart.All<V1ConfigMap>()) yield return $"the chart holds ConfigMap {map.Metadata.Name}";
        foreach (var workload in chart.Workloads)
        {
            foreach (var container in workload.Containers)
                foreach (string what in InContainer(container)) yield return $"{workload}: {container.Name} {what}";
            foreach (string what in Readable(workload.Pod)) yield return $"{workload}: {what}";
        }
    }

    private static IEnumerable<string> InContainer(V1Container container)
    {
        foreach (var variable in container.Env ?? [])
        {
            bool isFile = variable.Name.EndsWith("_FILE", StringComparison.Ordinal);
            if (!isFile && Telling.Any(word => variable.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
                yield return $"has {variable.Name} in its environment";
            if (variable.ValueFrom?.SecretKeyRef is not null) yield return $"has {variable.Name} from a secret";
        }
        if (container.EnvFrom is { Count: > 0 }) yield return "takes its environment from elsewhere";
        foreach (string text in (container.Command ?? []).Concat(container.Args ?? []))
            if (text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal)
                || text.StartsWith("--token=", StringComparison.Ordinal)
                || text.StartsWith("--journal=", StringComparison.Ordinal))
                yield return "has a secret on its command line";
        foreach (var mount in container.VolumeMounts ?? [])
            if (mount.SubPath is not null) yield return $"would never see a renewed {mount.Name}";
    }

    /// <summary>Whoever is neither the pod's user nor of its group must not read a mounted secret.</summary>
    private static IEnumerable<string> Readable(V1PodSpec pod) =>
        (pod.Volumes ?? []).Where(volume => volume.Secret is { } secret && (secret.DefaultMode ?? 420) % 8 != 0)
        .Select(volume => $"anyone in the pod reads {volume.Name}");
}
