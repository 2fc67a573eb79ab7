using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using k8s.Models;

namespace Ivim.Chart.Tests.Pods;

/// <summary>Asks after a container as the kubelet does: from the node, at the pod's address.</summary>
internal sealed class Probe : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
#pragma warning disable CA5359 // Nor does the kubelet look at the certificate of a pod that it asks after.
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    /// <summary>Until it passes, for as long as it may fail: longer only where nothing is killed for it.</summary>
    public async Task PassesAsync(LocalPod pod, V1Probe probe, TimeSpan? limit = null)
    {
        var patience = limit ?? TimeSpan.FromSeconds((probe.PeriodSeconds ?? 10) * (probe.FailureThreshold ?? 3));
        long started = Stopwatch.GetTimestamp();
        while (!await OnceAsync(pod, probe))
        {
            Assert.True(pod.Main.IsAlive, $"{pod.Name} has ended: {pod.Main.Said}");
            Assert.True(Stopwatch.GetElapsedTime(started) < patience,
                $"{pod.Name} did not pass its probe within {patience.TotalSeconds:F0} s: {pod.Main.Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    public void Dispose() => _http.Dispose();

    public async Task<bool> OnceAsync(LocalPod pod, V1Probe probe)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(probe.TimeoutSeconds ?? 1));
        try
        {
            if (probe.HttpGet is { } get) return await AnswersAsync(pod, get, timeout.Token);
            using var client = new TcpClient();
            await client.ConnectAsync(pod.Place.Address, PortOf(pod, probe.TcpSocket.Port), timeout.Token);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync(LocalPod pod, V1HTTPGetAction get, CancellationToken cancellation)
    {
        var url = new UriBuilder(get.Scheme, pod.Place.Address.ToString(), PortOf(pod, get.Port), get.Path).Uri;
        using var answer = await _http.GetAsync(url, cancellation);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static int PortOf(LocalPod pod, IntOrString port) =>
        pod.Workload.Pod.Containers[0].Ports.Single(own => own.Name == port.Value).ContainerPort;
}
