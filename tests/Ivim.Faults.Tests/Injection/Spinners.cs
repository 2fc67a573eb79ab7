using System.Diagnostics;

namespace Ivim.Faults.Tests.Injection;

/// <summary>Processes that keep the cores busy, as eager for them as everybody else.</summary>
internal sealed class Spinners : IDisposable
{
    private readonly Process[] _processes;

    public Spinners(int count) => _processes =
        [.. Enumerable.Range(0, count).Select(_ => Process.Start("/bin/sh", ["-c", "while :; do :; done"]))];

    /// <summary>Of all cores together.</summary>
    public TimeSpan Burnt => _processes.Aggregate(TimeSpan.Zero, (sum, process) =>
    {
        process.Refresh();
        return sum + process.TotalProcessorTime;
    });

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
