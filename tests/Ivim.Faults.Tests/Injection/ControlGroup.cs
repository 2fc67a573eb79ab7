using System.Globalization;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Injection;

/// <summary>A control group (version 1) that takes memory or processor time from a process.</summary>
internal sealed class ControlGroup : IAsyncDisposable
{
    private const string Root = "/sys/fs/cgroup";

    private static int _made;

    private readonly DirectoryInfo _folder;

    private ControlGroup(string controller, string limit, string value)
    {
        string root = Path.Combine(Root, controller);
        Skip.IfNot(File.Exists(Path.Combine(root, "cgroup.procs")),
            $"no version 1 control groups of {controller} here");
        try
        {
            string name = $"ivim-faults-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
            _folder = Directory.CreateDirectory(Path.Combine(root, name));
            File.WriteAllText(Path.Combine(_folder.FullName, limit), value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Skip.If(true, $"this machine lets nobody make control groups of {controller}");
            throw;
        }
    }

    public static ControlGroup WithMemory(long bytes) =>
        new("memory", "memory.limit_in_bytes", bytes.ToString(CultureInfo.InvariantCulture));

    /// <param name="share">Of one core: 0.1 makes everything ten times slower.</param>
    public static ControlGroup WithCpu(double share) => new("cpu", "cpu.cfs_quota_us",
        ((int)(share * 100_000)).ToString(CultureInfo.InvariantCulture));

    /// <summary>How often the kernel killed a process of the group.</summary>
    public int Kills => Number("memory.oom_control", "oom_kill ");

    /// <summary>How often the group had to wait for its next share.</summary>
    public int Throttled => Number("cpu.stat", "nr_throttled ");

    public void Take(int pid) => File.WriteAllText(
        Path.Combine(_folder.FullName, "cgroup.procs"), pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>What comes before a command whose process is to live in the group from its start.</summary>
    public IReadOnlyList<string> Before() =>
        ["/bin/sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", Path.Combine(_folder.FullName, "cgroup.procs")];

    /// <summary>The processes in it must be gone; the kernel may take a moment to see it.</summary>
    public async ValueTask DisposeAsync() =>
        await Until.TrueAsync(IsRemoved, Until.Hang, "the group is empty");

    private bool IsRemoved()
    {
        try
        {
            _folder.Delete();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private int Number(string file, string label) => File.ReadLines(Path.Combine(_folder.FullName, file))
        .Where(line => line.StartsWith(label, StringComparison.Ordinal))
        .Select(line => int.Parse(line[label.Length..], CultureInfo.InvariantCulture)).Single();
}
