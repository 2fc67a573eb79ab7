using Ivim.Chart.Tests.Rendering;
using k8s;
using k8s.Models;

namespace Ivim.Chart.Tests.Rules;

/// <summary>What names something names something that is there.</summary>
internal static class NameRule
{
    public static IEnumerable<string> Broken(RenderedChart chart) =>
        Selectors(chart).Concat(Accounts(chart)).Concat(Services(chart)).Concat(Claims(chart)).Concat(Twice(chart));

    private static IEnumerable<string> Selectors(RenderedChart chart) =>
        from workload in chart.Workloads
        where !workload.IsSelectedBy(workload.Selector)
            || chart.Workloads.Count(other => other.IsSelectedBy(workload.Selector)) != 1
        select $"{workload} does not know its own pods";

    private static IEnumerable<string> Accounts(RenderedChart chart) =>
        from workload in chart.Workloads
        where chart.All<V1ServiceAccount>().All(one => one.Metadata.Name != workload.Pod.ServiceAccountName)
        select $"{workload}: no service account {workload.Pod.ServiceAccountName}";

    private static IEnumerable<string> Services(RenderedChart chart) =>
        from service in chart.All<V1Service>()
        from port in service.Spec.Ports
        where !chart.Workloads.Any(workload => workload.IsSelectedBy(service.Spec.Selector)
            && workload.Pod.Containers[0].Ports.Any(own => own.Name == port.TargetPort.Value))
        select $"service {service.Metadata.Name} leads {port.Name} nowhere";

    private static IEnumerable<string> Claims(RenderedChart chart) =>
        from workload in chart.Workloads
        from container in workload.Containers
        from mount in container.VolumeMounts
        where (workload.Pod.Volumes ?? []).All(volume => volume.Name != mount.Name)
            && !chart.All<V1StatefulSet>().Any(set => set.Metadata.Name == workload.Name
                && set.Spec.VolumeClaimTemplates?.Any(claim => claim.Metadata.Name == mount.Name) == true)
        select $"{workload}: no volume {mount.Name}";

    private static IEnumerable<string> Twice(RenderedChart chart) =>
        from one in chart.Objects.OfType<IKubernetesObject<V1ObjectMeta>>()
        group one by (one.GetType(), one.Metadata.Name) into same
        where same.Count() > 1
        select $"two {same.Key}";
}
