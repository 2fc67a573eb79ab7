using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Rules;

/// <summary>
/// The profile `restricted` of the Pod Security Standards, at the pod and at every container, and a root file system
/// that nobody writes to.
/// </summary>
internal static class PodSecurityRule
{
    private static readonly string[] AllowedVolumes = ["emptyDir", "persistentVolumeClaim", "secret"];

    public static IEnumerable<string> Broken(RenderedChart chart) =>
        chart.Workloads.SelectMany(workload =>
            PodWide(workload).Concat(workload.Containers.SelectMany(InContainer))
                .Select(what => $"{workload}: {what}"))
        .Concat(chart.All<V1ServiceAccount>().Where(account => account.AutomountServiceAccountToken != false)
            .Select(account => $"ServiceAccount {account.Metadata.Name} hands out tokens"));

    private static IEnumerable<string> PodWide(Workload workload)
    {
        var pod = workload.Pod;
        if (pod.AutomountServiceAccountToken != false) yield return "a token of the Kubernetes API is mounted";
        if (pod.ServiceAccountName is null or "default") yield return "the namespace's default service account";
        if (pod.HostNetwork is true || pod.HostPID is true || pod.HostIPC is true) yield return "a host's namespace";
        if (pod.SecurityContext?.RunAsNonRoot != true) yield return "root is not refused";
        if (pod.SecurityContext?.SeccompProfile?.Type != "RuntimeDefault") yield return "no seccomp profile";
        if (pod.SecurityContext?.RunAsUser == 0) yield return "it runs as root";
        foreach (var volume in pod.Volumes ?? [])
        {
            string kind = KindOf(volume);
            if (!AllowedVolumes.Contains(kind)) yield return $"volume {volume.Name} is a {kind}";
        }
    }

    private static IEnumerable<string> InContainer(V1Container container)
    {
        var security = container.SecurityContext;
        if (security?.AllowPrivilegeEscalation != false) yield return $"{container.Name} may gain privileges";
        if (security?.ReadOnlyRootFilesystem != true) yield return $"{container.Name} writes to its root file system";
        if (security?.RunAsNonRoot != true) yield return $"{container.Name} may be root";
        if (security?.Privileged is true) yield return $"{container.Name} is privileged";
        if (security?.SeccompProfile?.Type != "RuntimeDefault") yield return $"{container.Name} has no seccomp profile";
        if (security?.Capabilities?.Drop is not ["ALL"] || security.Capabilities.Add is { Count: > 0 })
            yield return $"{container.Name} keeps capabilities";
        if (container.Ports?.Any(port => port.HostPort is not null) == true)
            yield return $"{container.Name} takes a port of the host";
    }

    private static string KindOf(V1Volume volume) =>
        volume.EmptyDir is not null ? "emptyDir"
        : volume.PersistentVolumeClaim is not null ? "persistentVolumeClaim"
        : volume.Secret is not null ? "secret"
        : volume.HostPath is not null ? "hostPath" : "volume of another kind";
}
