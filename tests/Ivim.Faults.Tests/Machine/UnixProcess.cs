using System.Globalization;
using System.Runtime.InteropServices;

namespace Ivim.Faults.Tests.Machine;

/// <summary>Signals to processes by number, and what /proc says of them.</summary>
internal static partial class UnixProcess
{
    public const int TerminateSignal = 15;

    private const int KillSignal = 9, ContinueSignal = 18, StopSignal = 19;

    /// <summary>Whether it lives: a zombie that nobody has buried yet does not.</summary>
    public static bool IsAlive(int pid) => StateOf(pid) is not (null or 'Z' or 'X');

    public static bool IsStopped(int pid) => StateOf(pid) is 'T';

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public static async Task KillAsync(params IReadOnlyCollection<int> pids)
    {
        foreach (int pid in pids) Send(pid, KillSignal);
        foreach (int pid in pids) await Until.TrueAsync(() => !IsAlive(pid), Until.Hang, $"process {pid} is gone");
    }

    /// <summary>SIGSTOP; returns when the process stands still.</summary>
    public static async Task StopAsync(params IReadOnlyCollection<int> pids)
    {
        foreach (int pid in pids) Send(pid, StopSignal);
        foreach (int pid in pids)
            await Until.TrueAsync(() => !IsAlive(pid) || IsStopped(pid), Until.Hang, $"process {pid} stands still");
    }

    public static void Continue(params IReadOnlyCollection<int> pids)
    {
        foreach (int pid in pids) Send(pid, ContinueSignal);
    }

    public static void Terminate(int pid) => Send(pid, TerminateSignal);

    /// <summary>Whether the process has a handler of its own for a signal.</summary>
    public static bool Catches(int pid, int signal)
    {
        try
        {
            string caught = File.ReadLines($"/proc/{pid}/status")
                .First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal))["SigCgt:".Length..].Trim();
            return (ulong.Parse(caught, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The processes that this one started.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
    [
        .. Everyone().Where(pid =>
            Stat(pid) is { } stat && int.Parse(stat[1], CultureInfo.InvariantCulture) == parent),
    ];

    /// <summary>The processes that have a text on their command line.</summary>
    public static IReadOnlyList<int> Naming(string text) =>
        [.. Everyone().Where(pid => IsAlive(pid) && CommandLine(pid).Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<int> Everyone() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0).Where(pid => pid > 0);

    private static char? StateOf(int pid) => Stat(pid) is { } stat ? stat[0][0] : null;

    /// <summary>The fields of /proc/PID/stat after the name: state, parent and so on.</summary>
    private static string[]? Stat(int pid)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
