using Ivim.Chart.Tests.Images;
using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;
using k8s.Models;

namespace Ivim.Chart.Tests.Pods;

/// <summary>
/// The pods of a rendered chart as processes of this machine: the commands, variables, users, mounts and ports that it
/// declares, in network and mount namespaces of their own. What a cluster would bring along is beside it: the volumes,
/// the secrets, the names of services and a database.
/// </summary>
internal sealed class LocalCluster : IDisposable
{
    private const string Password = "p-0123456789abcdef", User = "ivim", DatabaseHost = "database";

    private readonly TemporaryFolder _folder = new();
    private readonly List<LocalPod> _pods = [];
    private readonly PodNetwork _network;
    private readonly NodeDisk _disk;
    private readonly Database? _database;

    public LocalCluster(RenderedChart chart, Func<string, PublishedImage> images, bool hasDatabase = true)
    {
        Database.Need();
        _network = PodNetwork.Make();
        _disk = new NodeDisk(_folder);
        foreach (var workload in chart.Workloads)
            for (int number = 0; number < workload.Replicas; number++)
                _pods.Add(new LocalPod(workload, NameOf(workload, number), _network.Add(), _disk, images));
        var database = _network.Add();
        _disk.Note("hosts", string.Join('\n',
            ["127.0.0.1 localhost", $"{database.Address} {DatabaseHost}", .. Names(chart), ""]));
        new Firewall(chart, _pods, PodNetwork.Node).Close();
        MakeSecrets();
        if (hasDatabase) _database = Database.Start(database, User, Password);
    }

    public string Claim(string name) => _disk.Claim(name);

    public IReadOnlyList<LocalPod> Of(string component) =>
        [.. _pods.Where(pod => pod.Workload.Component == component)];

    public void Dispose()
    {
        foreach (var pod in _pods) pod.Dispose();
        _database?.Dispose();
        _network.Dispose();
        _folder.Dispose();
    }

    /// <summary>A pod of a StatefulSet keeps its number; the others get a name that nobody needs to know.</summary>
    private static string NameOf(Workload workload, int number) =>
        workload.Kind == "Pod" ? workload.Name : $"{workload.Name}-{number}";

    /// <summary>What the name server would say: pods of headless services by name, others by service.</summary>
    private IEnumerable<string> Names(RenderedChart chart) =>
        from service in chart.All<V1Service>()
        from pod in _pods
        where pod.Workload.IsSelectedBy(service.Spec.Selector)
        let name = service.Spec.ClusterIP == "None" ? $"{pod.Name}.{service.Metadata.Name}" : service.Metadata.Name
        select $"{pod.Place.Address} {name}";

    private void MakeSecrets()
    {
        const string token = "0123456789abcdef0123456789abcdef";
        _disk.MakeSecret("ivim-tls", NodeCertificate.Make("ivim"));
        _disk.MakeSecret("ivim-journal", new Dictionary<string, string>
        {
            ["address"] = $"postgres://{User}:{Password}@{DatabaseHost}:5432/postgres",
        });
        _disk.MakeSecret("ivim-api", new Dictionary<string, string>
        {
            ["tokens"] = $"viewer {token}-sees\noperator {token}-does\n", ["operator"] = $"{token}-does",
        });
    }
}
