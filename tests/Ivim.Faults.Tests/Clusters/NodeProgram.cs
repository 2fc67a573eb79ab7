using System.Diagnostics;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>A seed or worker that this process started itself, with whatever comes before its command.</summary>
internal sealed class NodeProgram : IDisposable
{
    private readonly Process _process;

    private NodeProgram(Process process, string role, string address, string log)
    {
        _process = process;
        Node = new ClusterProcess(process.Id, role, address, log);
    }

    public ClusterProcess Node { get; }

    public int Pid => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <summary>One more worker for a local cluster.</summary>
    /// <param name="before">For example a shell that puts itself into a control group first.</param>
    public static NodeProgram StartWorker(LocalCluster cluster, IReadOnlyDictionary<string, string>? environment = null,
        params IReadOnlyList<string> before)
    {
        int port = Ports.Free();
        var worker = Start(ClusterProcess.Worker, $"127.0.0.1:{port}", cluster.Work,
            ["--host", "127.0.0.1", "--port", $"{port}", "--slots", "1", "--device", "cpu",
                "--seeds", string.Join(',', cluster.Seeds.Select(seed => seed.Address))],
            before, environment);
        cluster.Adopt(worker.Node);
        return worker;
    }

    /// <param name="settings">Without those that all nodes share.</param>
    public static NodeProgram Start(string role, string address, string work, IReadOnlyList<string> settings,
        IReadOnlyList<string>? before = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(Path.Combine(work, "logs"));
        string log = Path.Combine(work, "logs", $"{role}-{address.Replace(':', '-')}.log");
        string program = role == ClusterProcess.Seed ? Repository.Seed : Repository.Worker;
        // The shell becomes the node, so that its process number is the node's; the log is appended to.
        string[] command =
        [
            .. before ?? [], "dotnet", program, "--work", work, "--timings", "quick", "--log", "-",
            "--history", Path.Combine(work, "history"), .. settings,
        ];
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", log, .. command])
        {
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in Usual(work).Concat(environment ?? new Dictionary<string, string>()))
            start.Environment[name] = value;
        return new NodeProgram(Process.Start(start)!, role, address, log);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Node} had not ended after {limit.TotalSeconds:F0} s");
        }
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>As `ivim cluster up` starts its nodes.</summary>
    private static Dictionary<string, string> Usual(string work) => new()
    {
        ["OMP_NUM_THREADS"] = "1",
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_DbgEnableMiniDump"] = "1",
        ["DOTNET_EnableCrashReportOnly"] = "1",
        ["DOTNET_DbgMiniDumpName"] = Path.Combine(work, "crashes", "%h-%p"),
    };
}
