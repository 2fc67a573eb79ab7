using System.Diagnostics;
using System.Text;

namespace Ivim.Faults.Tests.Machine;

/// <summary>How a process was started, read from /proc while it lived, so that it can be started so again.</summary>
internal sealed record StartedProcess(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    public static StartedProcess Of(int pid) => new(
        Fields($"/proc/{pid}/cmdline"),
        Fields($"/proc/{pid}/environ").Select(field => field.Split('=', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]));

    /// <returns>The number of the new process, which outlives this one.</returns>
    public int StartAgain(string log)
    {
        const string detach = "exec setsid \"$@\" </dev/null >>\"$0\" 2>&1";
        var start = new ProcessStartInfo("/bin/sh", ["-c", detach, log, .. Command])
        {
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!.Id;
    }

    private static string[] Fields(string file) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
