using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;
using Ivim.Hosting.Nodes;
using Ivim.Physics;
using k8s.Models;

namespace Ivim.Chart.Tests.Rules;

/// <summary>The programs themselves read what the chart tells them.</summary>
internal static class SettingsRule
{
    public const string Address = "192.0.2.1";

    private const string Token = "operator 0123456789abcdef0123456789abcdef";

    public static IEnumerable<string> Broken(RenderedChart chart) =>
        chart.Workloads.Where(workload => workload.IsNode).SelectMany(workload =>
            Settings(workload).Concat(Ports(workload)).Select(what => $"{workload}: {what}"));

    /// <summary>The arguments as Kubernetes gives them to the first pod.</summary>
    public static IReadOnlyList<string> Expanded(Workload workload, string podName, string address) =>
    [
        .. workload.Pod.Containers[0].Args.Select(argument => argument
            .Replace("$(POD_NAME)", podName, StringComparison.Ordinal)
            .Replace("$(POD_IP)", address, StringComparison.Ordinal)),
    ];

    private static IEnumerable<string> Settings(Workload workload)
    {
        using var folder = new TemporaryFolder();
        var role = workload.Component == "seed" ? NodeRoles.Seed : NodeRoles.Worker;
        string[] arguments =
        [
            .. Expanded(workload, workload.Name + "-0", Address).Select(argument => InFolder(argument, folder)),
        ];
        NodeOptions options;
        try
        {
            options = NodeOptionsReader.Read(role, arguments, Variable(workload.Pod.Containers[0]));
        }
        catch (RefusalException refusal)
        {
            return [refusal.Message];
        }
        string self = $"{options.Host}:{options.Port}";
        return role == NodeRoles.Seed && options.Seeds.All(seed => seed.ToString() != self)
            ? [$"it calls itself {self}, which is none of the seeds"] : [];
    }

    private static Func<string, string?> Variable(V1Container container) => name =>
        (container.Env ?? []).FirstOrDefault(variable => variable.Name == name)?.Value;

    /// <summary>The secrets' files, which the parser reads.</summary>
    private static string InFolder(string argument, TemporaryFolder folder) => argument.Split('=')[0] switch
    {
        "--token-file" => "--token-file=" + folder.Write("token", Token),
        "--journal-file" => "--journal-file=" + folder.Write("journal", "postgres://ivim:secret@database:5432/ivim"),
        _ => argument,
    };

    private static IEnumerable<string> Ports(Workload workload)
    {
        var ports = workload.Pod.Containers[0].Ports.ToDictionary(port => port.Name, port => $"{port.ContainerPort}");
        if (ports.GetValueOrDefault("node") != NodePorts.Node) yield return "its node port is not the program's";
        if (workload.Argument("port") != NodePorts.Node) yield return "its --port is not the container's";
        if (workload.Component != "seed") yield break;
        if (ports.GetValueOrDefault("api") != NodePorts.Api) yield return "its API port is not the program's";
        if (new Uri(workload.Argument("api")!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)
            != NodePorts.Api)
            yield return "its --api is not the container's";
    }
}
