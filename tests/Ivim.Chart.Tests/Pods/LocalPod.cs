using Ivim.Chart.Tests.Images;
using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Pods;

/// <summary>A pod of the chart whose containers are processes of this machine.</summary>
internal sealed class LocalPod(
    Workload workload, string name, PodPlace place, NodeDisk disk, Func<string, PublishedImage> images) : IDisposable
{
    private const string Script = "container.sh";

    private readonly List<ContainerProcess> _processes = [];

    public Workload Workload => workload;

    public string Name => name;

    public PodPlace Place => place;

    public ContainerProcess Main => _processes[^1];

    /// <summary>Of the image, or what is run in its place.</summary>
    public ContainerProcess Start(V1Container container, params IReadOnlyList<string> instead)
    {
        var security = workload.Pod.SecurityContext;
        string[] mounts =
        [
            $"ro {disk.Hosts} /etc/hosts", $"ro {images(container.Image).App} /app", .. DotnetOutsideOfUsr(),
            .. container.VolumeMounts.Select(mount => Mount(mount, security)),
        ];
        string listed = disk.Note(Path.Combine("mounts", name + "-" + container.Name),
            string.Join('\n', mounts) + "\n");
        var process = ContainerProcess.Start(
        [
            .. place.Enter, "unshare", "--mount", "--uts", "--propagation", "private", "bash",
            Path.Combine(Repository.Tests, "Pods", Script), disk.Root(name, container.Name), name,
            $"{security.RunAsUser}", listed, .. Environment(container),
            .. instead.Count > 0 ? instead : [.. container.Command, .. Expanded(container.Args)],
        ]);
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes) process.Dispose();
    }

    private string Mount(V1VolumeMount mount, V1PodSecurityContext security)
    {
        var volume = workload.Pod.Volumes.Single(volume => volume.Name == mount.Name);
        string mode = mount.ReadOnlyProperty is true || volume.Secret is not null ? "ro" : "rw";
        return $"{mode} {disk.FolderOf(volume, name, security)} {mount.MountPath}";
    }

    private IEnumerable<string> Expanded(IEnumerable<string> arguments) => arguments.Select(argument =>
        argument.Replace("$(POD_NAME)", name, StringComparison.Ordinal)
            .Replace("$(POD_IP)", place.Address.ToString(), StringComparison.Ordinal));

    /// <summary>The image's and the container's variables, and the way to dotnet; nothing of this process.</summary>
    private IEnumerable<string> Environment(V1Container container) =>
    [
        $"PATH={Path.GetDirectoryName(Dotnet)}:/usr/bin:/bin", .. images(container.Image).Environment,
        .. (container.Env ?? []).Select(variable => $"{variable.Name}={ValueOf(variable)}"),
    ];

    private string ValueOf(V1EnvVar variable) => variable.ValueFrom?.FieldRef?.FieldPath switch
    {
        "metadata.name" => name,
        "status.podIP" => place.Address.ToString(),
        _ => variable.Value,
    };

    private static IEnumerable<string> DotnetOutsideOfUsr() =>
        Dotnet.StartsWith("/usr/", StringComparison.Ordinal) ? []
            : [$"ro {Path.GetDirectoryName(Dotnet)} {Path.GetDirectoryName(Dotnet)}"];

    /// <summary>The program that runs these tests.</summary>
    private static string Dotnet { get; } =
        new FileInfo("/proc/self/exe").ResolveLinkTarget(returnFinalTarget: true)!.FullName;
}
