using System.Net.Http.Json;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Tests.Api;

public sealed class ClusterViewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_cluster_tells_its_queue_its_workers_and_its_nodes()
    {
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a", "class-b"]);
        await served.AwaitReadyAsync();
        var cluster = await AwaitWorkersAsync(served, 2);
        Assert.Equal(new QueueView(0, 0, 2), cluster.Queue);
        Assert.Equal(["class-a", "class-b"], cluster.Workers.Select(worker => worker.NumericClass).Order());
        Assert.All(cluster.Workers, worker =>
            Assert.Equal(("host-1", "cpu", null), (worker.Node, worker.Device, worker.Item)));
        var node = Assert.Single(cluster.Nodes);
        Assert.Equal(("seed,worker", "up", true), (node.Role, node.Status, node.Reachable));
    }

    [Fact]
    public async Task A_submission_for_nobody_in_particular_needs_workers_of_one_class()
    {
        var request = SmallStudy.Write(_folder["scan"]);
        await using (var alone = await ServedStudies.StartAsync(_folder["alone"], []))
        {
            await alone.AwaitReadyAsync();
            Assert.Equal("NO-WORKERS", await ServedStudies.CodeAsync(await alone.SubmitAsync(request)));
        }
        await using var mixed = await ServedStudies.StartAsync(_folder["mixed"], ["class-a", "class-b"]);
        await mixed.AwaitReadyAsync();
        await AwaitWorkersAsync(mixed, 2);
        Assert.Equal("SEVERAL-NUMERIC-CLASSES", await ServedStudies.CodeAsync(await mixed.SubmitAsync(request)));
        var taken = await mixed.SubmitAsync(request with { NumericClass = "class-b" });
        var study = (await taken.Content.ReadFromJsonAsync<StudyReceipt>())!.Study;
        await mixed.AwaitAsync(study, view => view.Phase == StudyPhases.Published);
    }

    private static async Task<ClusterView> AwaitWorkersAsync(ServedStudies served, int count)
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        while (true)
        {
            var view = await served.Client.GetFromJsonAsync<ClusterView>("/api/v1/cluster", patience.Token);
            if (view!.Workers.Count == count) return view;
            await Task.Delay(50, patience.Token);
        }
    }
}
