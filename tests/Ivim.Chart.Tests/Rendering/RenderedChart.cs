using k8s;
using k8s.Models;

namespace Ivim.Chart.Tests.Rendering;

/// <summary>The objects that the chart makes; a field that Kubernetes does not know is refused.</summary>
internal sealed record RenderedChart(string Text, IReadOnlyList<object> Objects)
{
    public IReadOnlyList<Workload> Workloads =>
    [
        .. All<V1StatefulSet>().Select(set => new Workload("StatefulSet", set.Metadata.Name, set.Spec.Template.Spec,
            set.Spec.Template.Metadata, set.Spec.Selector.MatchLabels, set.Spec.Replicas ?? 1)),
        .. All<V1Deployment>().Select(set => new Workload("Deployment", set.Metadata.Name, set.Spec.Template.Spec,
            set.Spec.Template.Metadata, set.Spec.Selector.MatchLabels, set.Spec.Replicas ?? 1)),
        .. All<V1Pod>().Select(pod => new Workload("Pod", pod.Metadata.Name, pod.Spec, pod.Metadata,
            pod.Metadata.Labels, 1)),
    ];

    /// <exception cref="Exception">An object of an unknown kind, or with an unknown field.</exception>
    public static RenderedChart Of(string text) =>
        new(text, [.. KubernetesYaml.LoadAllFromString(text, CertManagerObjects.Types, strict: true)]);

    public IEnumerable<T> All<T>() => Objects.OfType<T>();
}

/// <summary>Something that starts pods, or a pod.</summary>
/// <param name="Selector">The labels by which it knows its pods.</param>
internal sealed record Workload(string Kind, string Name, V1PodSpec Pod, V1ObjectMeta PodMetadata,
    IDictionary<string, string> Selector, int Replicas)
{
    public const string ComponentLabel = "app.kubernetes.io/component";

    /// <summary>`seed`, `worker`, `postgresql` or `test`.</summary>
    public string Component => PodMetadata.Labels[ComponentLabel];

    public IEnumerable<V1Container> Containers => (Pod.InitContainers ?? []).Concat(Pod.Containers);

    /// <summary>Whether it is a seed or a worker.</summary>
    public bool IsNode => Component is "seed" or "worker";

    public bool IsSelectedBy(IDictionary<string, string>? labels) =>
        labels is not null && labels.All(label => PodMetadata.Labels.Contains(label));

    /// <summary>The value of an argument `--name=value`.</summary>
    public string? Argument(string name) => Pod.Containers[0].Args?
        .FirstOrDefault(argument => argument.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    public override string ToString() => $"{Kind} {Name}";
}
