using System.Diagnostics;
using System.Globalization;

namespace Ivim.Hosting.Tests.Nodes;

/// <summary>The seed and worker programs, as they were built beside these tests.</summary>
internal static class Programs
{
    public const string Token = "a-token-for-the-tests-only";

    public static string Root { get; } = FindRoot();

    /// <summary>Starts a program with quick times on a work folder; its log is `name.log` there.</summary>
    public static NodeProcess Start(string role, string work, string name, params string[] arguments) =>
        StartWith([], role, work, name, arguments);

    /// <param name="variables">Of the program's environment.</param>
    public static NodeProcess StartWith((string Name, string Value)[] variables, string role, string work, string name,
        params string[] arguments)
    {
        Directory.CreateDirectory(work);
        var log = Path.Combine(work, name + ".log");
        var start = new ProcessStartInfo("dotnet",
            [ProgramOf(role), "--timings", "quick", "--work", work, "--log", log, .. arguments])
        {
            RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["IVIM_TOKEN"] = Token;
        foreach (var (variable, value) in variables) start.Environment[variable] = value;
        return new NodeProcess(Process.Start(start)!, log);
    }

    /// <summary>The tests and the programs are built in one configuration: their folders have one name.</summary>
    private static string ProgramOf(string role)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(
            Root, "artifacts", "bin", $"Ivim.Cluster.{role}", configuration, $"Ivim.Cluster.{role}.dll");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ivim.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

/// <summary>A running program; killed at the end of the test if it still runs.</summary>
internal sealed class NodeProcess(Process process, string log) : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Completes when the log has so many lines with the text.</summary>
    public async Task SaysAsync(string text, int times, TimeSpan within)
    {
        using var timer = new PeriodicTimer(LookInterval);
        var since = Stopwatch.StartNew();
        while (Lines().Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
        {
            Assert.False(process.HasExited, $"the program has ended: {string.Join('\n', Lines())}");
            Assert.True(since.Elapsed < within, $"no '{text}' x {times} in: {string.Join('\n', Lines())}");
            await timer.WaitForNextTickAsync();
        }
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The exit code, and what was written to standard error.</summary>
    public async Task<(int Code, string Errors)> EndAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, errors);
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private string[] Lines() => File.Exists(log) ? File.ReadAllLines(log) : [];
}
