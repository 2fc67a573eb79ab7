using System.Diagnostics;
using System.Globalization;

namespace Ivim.EndToEnd.Tests.Processes;

/// <summary>The built program, running.</summary>
internal sealed class IvimProcess : IDisposable
{
    /// <summary>No run of these tests takes a tenth of it on two quiet cores: what takes longer hangs.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly long _started = Stopwatch.GetTimestamp();

    private IvimProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public bool HasEnded => _process.HasExited;

    public static IvimProcess Start(params IEnumerable<string> arguments) => Start([], arguments);

    private static IvimProcess Start(
        KeyValuePair<string, string>[] environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new IvimProcess(process);
    }

    public static Task<Finished> RunAsync(params IEnumerable<string> arguments) => RunAsync(Hang, arguments);

    public static async Task<Finished> RunAsync(
        KeyValuePair<string, string>[] environment, IEnumerable<string> arguments)
    {
        using var process = Start(environment, arguments);
        return await process.EndAsync(Hang);
    }

    public static async Task<Finished> RunAsync(TimeSpan limit, params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync(limit);
    }

    /// <summary>SIGKILL: nothing in the process gets to run any more.</summary>
    public async Task<Finished> KillAsync()
    {
        _process.Kill();
        return await EndAsync(Hang);
    }

    /// <summary>SIGTERM: the polite request.</summary>
    public async Task<Finished> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await EndAsync(Hang);
    }

    /// <summary>Waits until a look at the disk says so, or until the process has ended.</summary>
    /// <returns>Whether the process was still running when it said so.</returns>
    public async Task<bool> ReachesAsync(Func<bool> isThere)
    {
        while (!HasEnded)
        {
            if (isThere()) return !HasEnded;
            Assert.True(Stopwatch.GetElapsedTime(_started) < Hang, "the program hangs");
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
        return false;
    }

    public async Task<Finished> EndAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            Assert.Fail($"the program had not ended after {limit}: {await _error}");
        }
        return new Finished(_process.ExitCode, await _output, await _error, Stopwatch.GetElapsedTime(_started));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The program as it was built with this project, in the same configuration.</summary>
    private static string Program()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        string configuration = folder.Name;
        while (!File.Exists(Path.Combine(folder!.FullName, "Ivim.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "artifacts", "bin", "Ivim.Cli", configuration, "ivim.dll");
    }
}
