using System.Globalization;
using System.Text;

namespace Ivim.Cli.LocalCluster;

/// <summary>What Linux tells about processes, in /proc.</summary>
internal static class ProcessTable
{
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name, which is in brackets and may hold blanks (proc_pid_stat(5), less three).
    private const int State = 0, UserTicks = 11, SystemTicks = 12, StartTicks = 19, ResidentPages = 21;

    /// <returns>Null if no such process lives; one that has ended and waits for its parent does not.</returns>
    public static ProcessFacts? Find(int pid)
    {
        if (Read($"/proc/{pid}/stat") is not { Length: > 0 } stat) return null;
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        if (fields[State] is "Z" or "X") return null;
        return new ProcessFacts(
            new ProcessIdentity(pid, Number(fields[StartTicks])),
            TimeSpan.FromSeconds((Number(fields[UserTicks]) + Number(fields[SystemTicks])) / TicksPerSecond),
            Number(fields[ResidentPages]) * Environment.SystemPageSize);
    }

    /// <summary>The process that a node was started as, if it still lives.</summary>
    /// <remarks>Its command line is empty for the moment in which it becomes another program.</remarks>
    public static ProcessFacts? Find(LocalNode node, ClusterFolder folder) =>
        node.Pid is { } pid && Find(pid) is { } found && found.Identity.StartTicks == node.StartTicks
            && CommandLineOf(pid) is { } commandLine && (commandLine.Length == 0 || IsNode(commandLine, node, folder))
            ? found
            : null;

    /// <summary>
    /// A process that fills the place of a node although nothing says so: its `up` was killed before it could note it.
    /// </summary>
    public static ProcessIdentity? FindUnnoted(LocalNode node, ClusterFolder folder) =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int pid) ? pid : 0)
            .Where(pid => pid > 0 && CommandLineOf(pid) is { } commandLine && IsNode(commandLine, node, folder))
            .Select(pid => Find(pid)?.Identity)
            .FirstOrDefault(identity => identity is not null);

    public static DateTimeOffset StartOf(ProcessIdentity process) =>
        BootTime().AddSeconds(process.StartTicks / TicksPerSecond);

    private static string? CommandLineOf(int pid) => Read($"/proc/{pid}/cmdline");

    private static bool IsNode(string commandLine, LocalNode node, ClusterFolder folder)
    {
        var own = string.Concat(NodeCommandLine.Identifying(node, folder).Select(argument => $"\0{argument}"));
        return (commandLine + "\0").Contains(own + "\0", StringComparison.Ordinal);
    }

    private static DateTimeOffset BootTime()
    {
        const string Key = "btime ";
        var line = File.ReadLines("/proc/stat").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return DateTimeOffset.FromUnixTimeSeconds(Number(line[Key.Length..]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Null if the process is gone, or is another user's and hides it.</summary>
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>A living process.</summary>
/// <param name="ProcessorTime">Of all its threads so far.</param>
/// <param name="ResidentBytes">Memory it holds now.</param>
internal sealed record ProcessFacts(ProcessIdentity Identity, TimeSpan ProcessorTime, long ResidentBytes);
