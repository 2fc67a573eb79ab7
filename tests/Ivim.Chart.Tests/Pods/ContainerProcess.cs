using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Ivim.Chart.Tests.Pods;

/// <summary>The process of a container, and all that it said.</summary>
internal sealed partial class ContainerProcess : IDisposable
{
    private const int TerminateSignal = 15;

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ContainerProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    public bool IsAlive => !_process.HasExited;

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public static ContainerProcess Start(IReadOnlyList<string> command)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command.Skip(1))
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        var container = new ContainerProcess(process);
        process.OutputDataReceived += (_, line) => container.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => container.Hear(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return container;
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
            Assert.Fail($"it had not ended after {limit.TotalSeconds:F0} s: {Said}");
        }
        return _process.ExitCode;
    }

    public void Terminate() => _ = SendSignal(Pid, TerminateSignal);

    /// <summary>A line of /proc/PID/status.</summary>
    public string Status(string field) => File.ReadLines($"/proc/{Pid}/status")
        .First(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();

    public void Dispose()
    {
        if (IsAlive) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
