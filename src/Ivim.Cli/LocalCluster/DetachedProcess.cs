using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ivim.Cli.LocalCluster;

/// <summary>Starts processes that outlive this one and its terminal.</summary>
internal static class DetachedProcess
{
    /// <summary>
    /// Becomes the program in a session of its own, with the log in the place of the terminal. The process id stays the
    /// same through both steps.
    /// </summary>
    private const string Detach = "exec setsid \"$@\" </dev/null >>\"$0\" 2>&1";

    private const int FirstInherited = 3, SetDescriptorFlags = 2, CloseOnExec = 1;

    /// <param name="commandLine">Program and arguments.</param>
    /// <param name="environment">Changes of this process's environment; null takes a variable away.</param>
    /// <param name="log">Where its output and its errors are appended.</param>
    public static Process Start(
        IEnumerable<string> commandLine, IReadOnlyDictionary<string, string?> environment, string log)
    {
        KeepInheritedFilesToMyself();
        var start = new ProcessStartInfo("/bin/sh", ["-c", Detach, log, .. commandLine]) { WorkingDirectory = "/" };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>
    /// Files that a shell opened for us, a pipe or a lock, would stay open as long as the nodes run; the reader of the
    /// pipe would never see its end.
    /// </summary>
    private static void KeepInheritedFilesToMyself()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            int descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            if (descriptor >= FirstInherited) _ = ControlFile(descriptor, SetDescriptorFlags, CloseOnExec);
        }
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ControlFile(int descriptor, int command, int flags);
}
